// What the release and the target chart are, and whether the way from one to the other is ours.
#pragma once

#include "base/version.hpp"
#include "helm/client.hpp"
#include "text/diagnostic.hpp"
#include "upgrade/objects.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace upgrade {

// What runs in the cluster.
enum class Running { nothing, old_version, new_version };  // no release; 8.7; 8.8

// A chart that has camunda-platform as a dependency: makes the facts those of the dependency and
// returns the name of its block in the values (its alias, or its name). `asked` is --under. Throws
// base::Failure when there is no such dependency, or several and none is named. Returns "" for
// camunda-platform itself and for any other chart.
std::string enter_umbrella(helm::ChartFacts&, const std::string& asked);
// The same for a release: its Camunda's version stands on the brokers. Nothing is changed for a
// release without them.
void leave_umbrella(helm::ReleaseState&);

// The first chart whose migration has the fixes of 8.8.32.
inline const base::Version k_recommended_target{13, 12, 3, {}};

// Throws base::Failure when the chart is not camunda-platform 13.x from 13.2.0 on.
void require_target(const helm::ChartFacts&);
text::Sink check_target(const helm::ChartFacts&, const std::optional<helm::ReleaseState>&);

// Throws base::Failure when the release is of another chart, or neither 8.7 nor 8.8.
void require_release(const helm::ReleaseState&);

// By the live brokers' image where that tells (an upgrade may have failed before they changed),
// else by the chart of the newest revision.
Running what_runs(const std::optional<helm::ReleaseState>&, const Objects& live);

// Pending: stops, with the way out. Failed: told. `last_deployed` is the number of the newest
// deployed revision, 0 when it is not known or there is none.
text::Sink check_state(const helm::ReleaseState&, Running, int last_deployed);

// `--install` without a release where the claims of an uninstalled 8.7 still lie.
text::Sink check_leftover_claims(const Objects& live, const std::string& release);

// "camunda/camunda:8.8.36@sha256:…" is repository and tag; either may be empty.
struct ImageName {
  std::string_view repository;
  std::string_view tag;
};
ImageName image_name(std::string_view image);
// By the label "helm.sh/chart", which names the chart or its alias in an umbrella chart.
std::optional<base::Version> chart_version_of(const Object& brokers);
// "8.7" of "camunda/zeebe:8.7.37"; "" when the image does not tell.
std::string minor_of_image(std::string_view image);

}  // namespace upgrade

// The console of a run: how what the steps say looks, and where --report goes.
#pragma once

#include "cli/progress.hpp"
#include "cli/report_file.hpp"
#include "helm/command_line.hpp"
#include "text/source.hpp"
#include "upgrade/console.hpp"

#include <map>
#include <optional>
#include <string>

namespace cli {

class Console : public upgrade::Console {
 public:
  // Checks that the report can be written: throws base::Failure if not. From now on Helm's calls
  // show on the progress line.
  explicit Console(const helm::OwnFlags& flags);
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;
  ~Console() override;

  void progress(std::string_view step) override;
  void say(std::string_view line) override;
  void sources(const std::vector<helm::Source>& sources) override;
  void show(const text::Sink& findings) override;
  void report(const report::Report& report) override;

  // What show() prints, for those who print it elsewhere.
  std::string text_of(const text::Sink& findings, bool colour) const;
  void clear_progress();

 private:
  bool m_quiet;
  bool m_colour;
  std::optional<ReportFile> m_report;
  std::map<std::string, text::Source> m_sources;  // by the name that locations carry
  std::optional<Progress> m_progress;             // on a terminal only, made when first needed
};

}  // namespace cli

#include "helm/call.hpp"

#include "base/secrets.hpp"
#include "base/strings.hpp"
#include "base/version.hpp"
#include "helm/client.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <mutex>
#include <optional>

namespace helm {
namespace {

constexpr std::chrono::seconds k_timeout{60};
constexpr int k_oldest_minor = 14;  // of Helm 3

// The same in Helm 3 and 4 but for the first letter before it.
constexpr std::string_view k_unreachable = "ubernetes cluster unreachable: ";

// Calls run side by side in threads.
std::mutex g_mutex;
std::optional<base::Version> g_version;
Progress g_progress;

std::optional<base::Version> known_version() {
  const std::lock_guard lock(g_mutex);
  return g_version;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

std::chrono::seconds timeout() {
  const std::string text = variable("C8UPGRADE_HELM_TIMEOUT");
  const bool digits =
      !text.empty() && text.size() < 7 && text.find_first_not_of("0123456789") == std::string::npos;
  return digits ? std::chrono::seconds(std::atoi(text.c_str())) : k_timeout;
}

bool is_noise(std::string_view line) {
  return line.empty() || line.starts_with("WARNING:") || line.starts_with("level=") ||
         line.starts_with("time=") || line.starts_with("Use --debug flag") ||
         line.starts_with("Flag --") ||
         // klog: "E1124 15:49:19.123456   12345 memcache.go:265] …"
         (line.size() > 5 && (line.front() == 'E' || line.front() == 'W' || line.front() == 'I') &&
          line.substr(1, 4).find_first_not_of("0123456789") == std::string_view::npos);
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return base::contains(text, part); });
}

// "… cannot list resource "secrets" in API group "" in the namespace "prod"" -> "list secrets in
// namespace prod"; the whole text when it is worded otherwise.
std::string missing_right(const std::string& words) {
  const auto between = [&](std::string_view before, std::string_view after) {
    const std::size_t begin = words.find(before);
    if (begin == std::string::npos) {
      return std::string();
    }
    const std::size_t from = begin + before.size();
    const std::size_t end = words.find(after, from);
    return end == std::string::npos ? std::string() : words.substr(from, end - from);
  };
  const std::string verb = between(" cannot ", " resource");
  const std::string resource = between("resource \"", "\"");
  const std::string where = between("in the namespace \"", "\"");
  if (verb.empty() || resource.empty()) {
    return {};
  }
  return verb + ' ' + resource + (where.empty() ? "" : " in namespace " + where);
}

}  // namespace

std::string binary() {
  const std::string given = variable("HELM_BIN");
  return given.empty() ? "helm" : given;
}

void set_progress(Progress hook) {
  g_progress = std::move(hook);
}

void announce(const std::string& step) {
  const std::lock_guard lock(g_mutex);
  if (g_progress) {
    g_progress(step);
  }
}

process::Command helm_command(std::vector<std::string> words) {
  process::Command command;
  command.program = binary();
  command.args = std::move(words);
  command.timeout = timeout();
  command.environment = {"HELM_DEBUG"};
  return command;
}

void require_ran(const process::Outcome& outcome) {
  if (outcome.timed_out) {
    throw base::Failure(
        fmt::format("Helm ({}) did not answer within {} seconds", binary(), timeout().count()),
        "Is the cluster or the chart repository reachable? C8UPGRADE_HELM_TIMEOUT=SECONDS waits "
        "longer.");
  }
  const bool failed_to_run = outcome.out.empty() && !base::contains(outcome.err, "Error:");
  if (failed_to_run && (outcome.exit_code == 127 || outcome.exit_code == 126)) {
    throw base::Failure(fmt::format("Helm cannot be run: '{}' {}", binary(),
                                    outcome.exit_code == 127 ? "was not found" : "is no program"),
                        "Run `helm c8upgrade …` with Helm 3.17 or 4, or set HELM_BIN to it.");
  }
}

std::string error_words(std::string_view stderr_text) {
  std::vector<std::string> kept;
  bool in_error = false;
  for (const std::string_view raw : base::split_lines(stderr_text)) {
    std::string_view line = base::trim(raw);
    if (line.starts_with("Error:")) {
      // What stood before was no part of it.
      kept.clear();
      in_error = true;
      for (const std::string_view prefix : {"Error:", "Error:", "UPGRADE FAILED:"}) {
        line = base::trim(line.substr(line.starts_with(prefix) ? prefix.size() : 0));
      }
    }
    if (!is_noise(line)) {
      kept.emplace_back(line);
    } else if (in_error && line.starts_with("Use --debug flag")) {
      break;
    }
  }
  const std::string words = base::join(kept, " ");
  return words.empty() ? "it gave no reason" : base::hide_url_passwords(words);
}

Trouble trouble_of(std::string_view words) {
  // A chart may say anything in its own words.
  if (has_any(words, {"template: ", "execution error at", "the schema", "YAML"})) {
    return Trouble::other;
  }
  if (has_any(words, {"release: not found", "has no deployed releases"})) {
    return Trouble::no_release;
  }
  if (has_any(words, {"is forbidden:", "Forbidden", "Unauthorized", "must be logged in",
                      "provide credentials"})) {
    return Trouble::forbidden;
  }
  if (has_any(words, {"cluster unreachable", "connection refused", "no such host", "i/o timeout",
                      "context deadline exceeded", "x509:", "tls: ", "TLS handshake",
                      "no route to host", "network is unreachable", "error loading config file"})) {
    return Trouble::unreachable;
  }
  return Trouble::other;
}

base::Failure cluster_failure(const std::string& doing, const process::Outcome& outcome) {
  std::string words = error_words(outcome.err);
  switch (trouble_of(words)) {
    case Trouble::forbidden: {
      const std::string right = missing_right(words);
      if (!right.empty()) {
        return base::Failure(
            fmt::format("Helm could not {}: the right to {} is missing", doing, right),
            "Ask for that right, or use a kube context that has it (--kube-context).");
      }
      return base::Failure(
          fmt::format("Helm could not {}: the API server refused ({})", doing, words),
          "Log in again, or use another kube context (--kube-context).");
    }
    case Trouble::unreachable:
      if (const auto at = words.find(k_unreachable); at != std::string::npos) {
        words.erase(0, at + k_unreachable.size());
      }
      return base::Failure(
          fmt::format("Helm could not {}: the cluster cannot be reached ({})", doing, words),
          "Check the kube context (kubectl config current-context) and that `helm list` works.");
    case Trouble::no_release:
    case Trouble::other:
      break;
  }
  return base::Failure(fmt::format("Helm could not {}: {}", doing, words));
}

void learn_version(std::string_view text) {
  const auto version = base::Version::parse(base::trim(text));
  if (!version || version->major < 2) {
    throw base::Failure(
        fmt::format("'{}' is no Helm: it does not say which version it is", binary()),
        "Run `helm c8upgrade …` with Helm 3.17 or 4, or set HELM_BIN to it.");
  }
  if (version->major < 3 || (version->major == 3 && version->minor < k_oldest_minor)) {
    throw base::Failure(
        fmt::format("Helm {} is too old: c8upgrade needs 3.14 or newer", version->text()),
        "Install Helm 3.17 or 4, or set HELM_BIN to one.");
  }
  if (version->major > 4) {
    throw base::Failure(
        fmt::format("Helm {} is newer than this c8upgrade, which knows Helm 3 and 4",
                    version->text()),
        "Update c8upgrade, or set HELM_BIN to a Helm 3 or 4.");
  }
  const std::lock_guard lock(g_mutex);
  g_version = version;
}

int major_version() {
  if (!known_version()) {
    // A plugin of Helm 4 always has this variable. It proves nothing when it is there: a Helm 3
    // hands on what it found in its environment.
    if (!variable("HELM_PLUGIN_DIR").empty() && variable("HELM_CONTENT_CACHE").empty()) {
      return 3;
    }
    const auto outcome = process::capture(helm_command({"version", "--template", "{{.Version}}"}));
    require_ran(outcome);
    learn_version(outcome.out);
  }
  return known_version()->major;
}

}  // namespace helm

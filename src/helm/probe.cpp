#include "helm/probe.hpp"

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "base/strings.hpp"
#include "helm/call.hpp"
#include "helm/client.hpp"
#include "helm/set_words.hpp"
#include "values/json.hpp"

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>
#include <fmt/format.h>
#include <optional>
#include <unistd.h>

namespace helm {
namespace {

constexpr std::string_view k_values_mark = "#C8PROBE ";
constexpr std::string_view k_version_mark = "#C8HELM ";

bool is_probe(const std::string& directory) {
  return ::access((directory + "/templates/probe.yaml").c_str(), R_OK) == 0;
}

std::string program_directory() {
  std::array<char, PATH_MAX> buffer{};
  const ssize_t length = ::readlink("/proc/self/exe", buffer.data(), buffer.size());
  const std::string path(buffer.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  return path.substr(0, path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
}

// What the probe encoded itself.
std::string from_base64(std::string_view text) {
  std::optional<std::string> bytes = base::decode_base64(text);
  if (!bytes) {
    throw base::Failure(fmt::format("'{}' does not render charts as Helm does", binary()),
                        "Run `helm c8upgrade …` with Helm 3.17 or 4, or set HELM_BIN to it.");
  }
  return *std::move(bytes);
}

// The marks of the probe's template, except the one that from_json() knows itself.
void remove_marks(values::Value& value) {
  for (auto& item : value.items()) {
    remove_marks(item);
  }
  auto& entries = value.entries();
  if (entries.size() == 1 && entries[0].first == "$b" && entries[0].second.is_text()) {
    value = values::Value::text(from_base64(entries[0].second.as_text()));
    return;
  }
  for (auto& [key, item] : entries) {
    if (key.starts_with("$$")) {
      key.erase(0, 1);
    }
    remove_marks(item);
  }
}

// Only what --set and its like give needs marks; see the template.
bool needs_marks(const std::vector<Source>& sources) {
  return std::any_of(sources.begin(), sources.end(),
                     [](const Source& source) { return source.word.kind != ValueKind::file; });
}

std::string_view line_after(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::string_view rest = text.substr(at + mark.size());
  return rest.substr(0, rest.find('\n'));
}

// Helm's words about a --set quote pieces of the value, which may be a secret ("key "hunter2" has
// no value" for password=a,hunter2): they are replaced by what it means.
std::string set_complaint(const std::string& words) {
  if (base::contains(words, "has no value")) {
    return "a key in it has no value. A comma that belongs to a value is written \\,";
  }
  if (base::contains(words, "invalid character") || base::contains(words, "JSON")) {
    return "it is not valid JSON. Quote it for the shell: --set-json 'key={\"a\": 1}'";
  }
  if (base::contains(words, "interface conversion")) {
    return "it goes into a value that is no map or list";
  }
  if (base::contains(words, "index")) {
    return "an index in it is wrong; lists count from [0]";
  }
  return "its form is wrong: key=value, with \\ before a comma, dot or bracket that belongs to it";
}

// The source a complaint is about: the one whose path it names, or the only one of its flag.
const Source* accused(const std::string& words, const std::vector<Source>& sources) {
  const Source* found = nullptr;
  std::size_t longest = 0;
  for (const Source& source : sources) {
    const bool is_file = source.word.kind == ValueKind::file;
    if (is_file && source.word.text.size() >= longest && base::contains(words, source.word.text)) {
      found = &source;
      longest = source.word.text.size();
    }
  }
  if (found != nullptr || !base::contains(words, "--set")) {
    return found;
  }
  int candidates = 0;
  for (const Source& source : sources) {
    if (source.word.kind != ValueKind::file &&
        base::contains(words, std::string(flag_of(source.word.kind)) + ' ')) {
      found = &source;
      ++candidates;
    }
  }
  return candidates == 1 ? found : nullptr;
}

std::string after_last(const std::string& words, std::string_view mark) {
  const std::size_t at = words.rfind(mark);
  return at == std::string::npos ? words : words.substr(at + mark.size());
}

base::Failure refused(const process::Outcome& outcome, const std::vector<Source>& sources) {
  std::string words = error_words(outcome.err);
  const Source* source = accused(words, sources);
  const std::string name = source != nullptr ? source->name : "values";
  if (source != nullptr && source->word.kind != ValueKind::file) {
    return base::Failure(fmt::format("Helm cannot read {}: {}", name, set_complaint(words)));
  }
  if (base::contains(words, "failed parsing --set")) {
    return base::Failure("Helm cannot read one of the --set flags: " + set_complaint(words));
  }
  if (base::contains(words, "nested reference name") || base::contains(words, "max depth")) {
    return base::Failure(fmt::format("{}: nested deeper than {} levels", name, values::k_max_depth),
                         "No chart reads values that deep. Is it the right file?");
  }
  if (base::contains(words, "excessive aliasing")) {
    return base::Failure(fmt::format("{}: its YAML aliases (*name) multiply beyond measure", name),
                         "Write the values out instead of repeating an anchor.");
  }
  // The words quote the beginning of what stands there.
  if (base::contains(words, "cannot unmarshal") && !base::contains(words, "yaml: line")) {
    return base::Failure(fmt::format("{}: the values are no map of names to values", name),
                         "A values file begins with a line such as `global:`.");
  }
  if (source != nullptr) {
    words = base::replace_all(words, source->word.text, name);
    if (base::contains(words, "yaml: ")) {
      return base::Failure(
          fmt::format("{}: not valid YAML: {}", name, after_last(words, "yaml: ")));
    }
  }
  return base::Failure("Helm cannot read the values: " + words);
}

}  // namespace

std::string probe_directory(const std::string& plugin, const std::string& program) {
  std::vector<std::string> places;
  if (!plugin.empty()) {
    places.push_back(plugin + "/probe");
  }
  // bin/linux-amd64/c8upgrade of the plugin; a build directory two or one below the source.
  for (const char* up : {"/../../probe", "/../probe", "/probe"}) {
    places.push_back(program + up);
  }
  const auto found = std::find_if(places.begin(), places.end(), is_probe);
  if (found == places.end()) {
    throw base::Failure(fmt::format("the plugin is not complete: its chart `probe` is missing ({})",
                                    places.front()),
                        "Install the plugin again, or set HELM_PLUGIN_DIR to its directory.");
  }
  return *found;
}

std::string probe_directory() {
  const char* plugin = std::getenv("HELM_PLUGIN_DIR");
  return probe_directory(plugin == nullptr ? "" : plugin, program_directory());
}

process::Command probe_command(const std::vector<Source>& sources) {
  std::vector<std::string> words = {"template", needs_marks(sources) ? "marked" : "plain",
                                    probe_directory()};
  const auto values = value_words(sources);
  words.insert(words.end(), values.begin(), values.end());
  return helm_command(std::move(words));
}

values::Value probe_values(const process::Outcome& outcome, const std::vector<Source>& sources) {
  require_ran(outcome);
  if (outcome.exit_code != 0) {
    throw refused(outcome, sources);
  }
  const std::string_view encoded = line_after(outcome.out, k_values_mark);
  if (encoded.empty()) {
    throw base::Failure(fmt::format("'{}' does not render charts as Helm does", binary()),
                        "Run `helm c8upgrade …` with Helm 3.17 or 4, or set HELM_BIN to it.");
  }
  learn_version(line_after(outcome.out, k_version_mark));
  const bool marked = needs_marks(sources);
  values::Value values = values::from_json(
      from_base64(encoded), marked ? values::Numbers::marked : values::Numbers::plain);
  if (marked) {
    remove_marks(values);
  }
  return values;
}

}  // namespace helm

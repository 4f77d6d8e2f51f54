#include "helm/remote.hpp"

#include "base/failure.hpp"
#include "base/secrets.hpp"
#include "helm/call.hpp"
#include "helm/probe.hpp"
#include "helm/set_words.hpp"
#include "process/memfd.hpp"
#include "values/json.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <sys/stat.h>

namespace helm {
namespace {

constexpr std::string_view k_key = "fetched";

// A --set-file that fetches one URL, whatever stands in it.
Source one_url(const std::string& url) {
  std::string text = std::string(k_key) + '=';
  for (const char c : url) {
    if (c == '\\' || c == ',' || (c == '{' && text.back() == '=')) {
      text += '\\';
    }
    text += c;
  }
  return {{ValueKind::set_file, text}, base::hide_url_passwords(url), nullptr, -1};
}

std::vector<SetPiece> remote_pieces(const Source& source) {
  std::vector<SetPiece> pieces;
  for (const SetPart& part : read_set(source.word.kind, source.word.text)) {
    std::copy_if(part.pieces.begin(), part.pieces.end(), std::back_inserter(pieces),
                 [](const SetPiece& piece) { return is_remote(piece.decoded); });
  }
  return pieces;
}

values::Value fetched(const process::Outcome& outcome, const Source& source) {
  require_ran(outcome);
  if (outcome.exit_code == 0) {
    return probe_values(outcome, {source});
  }
  const std::string words = error_words(outcome.err);
  const bool is_content = words.find("YAML") != std::string::npos;
  const bool no_getter = words.find("no such file") != std::string::npos;
  if (is_content) {
    return probe_values(outcome, {source});  // throws what it says about YAML
  }
  throw base::Failure(
      no_getter ? fmt::format("{}: Helm knows no getter for it", source.name)
                : fmt::format("{}: Helm could not get it: {}", source.name, words),
      no_getter ? "Which plugins with getters it has, `helm plugin list` says." : "");
}

}  // namespace

bool is_remote(const std::string& path) {
  const std::size_t colon = path.find(':');
  if (colon == 0 || colon == std::string::npos ||
      std::isalpha(static_cast<unsigned char>(path.front())) == 0) {
    return false;
  }
  const bool is_scheme = std::all_of(
      path.begin(), path.begin() + static_cast<std::ptrdiff_t>(colon),
      [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '.'; });
  struct stat status {};
  return is_scheme && ::stat(path.c_str(), &status) != 0;
}

bool has_remote(const Source& source) {
  if (source.word.kind == ValueKind::file) {
    return is_remote(source.word.text);
  }
  return source.word.kind == ValueKind::set_file && !remote_pieces(source).empty();
}

std::vector<process::Command> fetch_commands(const Source& source) {
  if (source.word.kind == ValueKind::file) {
    return {probe_command({source})};
  }
  std::vector<process::Command> commands;
  for (const SetPiece& piece : remote_pieces(source)) {
    commands.push_back(probe_command({one_url(piece.decoded)}));
  }
  return commands;
}

void store_fetched(Source& source, const std::vector<process::Outcome>& outcomes) {
  if (source.word.kind == ValueKind::file) {
    const values::Value values = fetched(outcomes.front(), source);
    source.descriptor = process::make_memfd("values", values::to_json(values));
    source.word.text = process::descriptor_path(source.descriptor);
    return;
  }
  std::string text;
  std::size_t copied = 0;
  std::size_t next = 0;
  for (const SetPiece& piece : remote_pieces(source)) {
    const values::Value values = fetched(outcomes.at(next++), one_url(piece.decoded));
    const values::Value* content = values.find(k_key);
    source.descriptor = process::make_memfd(
        "set-file", content == nullptr ? std::string_view() : content->as_text());
    text += source.word.text.substr(copied, piece.begin - copied);
    text += process::descriptor_path(source.descriptor);
    copied = piece.end;
  }
  source.word.text = text + source.word.text.substr(copied);
}

}  // namespace helm

#include "convert/rewrite.hpp"

#include "base/failure.hpp"
#include "convert/pairing.hpp"
#include "convert/weave.hpp"
#include "values/json.hpp"
#include "values/yaml_reader.hpp"
#include "values/yaml_writer.hpp"
#include "yaml/comments.hpp"
#include "yaml/edit.hpp"

#include <optional>
#include <utility>

namespace convert {
namespace {

using values::Value;

bool reads_as(const std::string& name, const std::string& text, const Value& wanted) {
  try {
    const Value found = values::read_yaml(text::Source(name, text));
    return found == wanted || (found.is_null() && wanted.is_leaf());
  } catch (const base::Failure&) {
    return false;
  }
}

// A file that ended without a line break ends so again, unless the break is part of a value now.
void keep_end(const text::Source& file, std::string& text, const Value& after) {
  if (file.bytes().ends_with('\n') || !text.ends_with('\n')) {
    return;
  }
  std::string shorter = text.substr(0, text.size() - (text.ends_with("\r\n") ? 2 : 1));
  if (reads_as(file.name(), shorter, after)) {
    text = std::move(shorter);
  }
}

std::optional<Rewriting> woven(const text::Source& file, const Outline& before,
                               const Outline& after, const Pairing& pairing,
                               const Annotations& annotations, Grain grain, const Value& wanted,
                               std::optional<yaml::Tree> parsed) {
  try {
    yaml::Fragment fragment(file.bytes(), parsed ? std::move(*parsed) : yaml::parse(file.bytes()));
    if (fragment.tree.roots.empty()) {
      return std::nullopt;
    }
    Weaving weaving =
        weave(fragment, fragment.tree.roots.front(), before, after, pairing, annotations, grain);
    if (reads_as(file.name(), weaving.text, wanted)) {
      return Rewriting{std::move(weaving.text), std::move(weaving.orphans)};
    }
  } catch (const yaml::EditError&) {
    // Nothing that can be edited line by line.
  } catch (const yaml::ParseError&) {
    // An anchor that stands behind its alias now.
  }
  return std::nullopt;
}

bool is_json(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || text[first] != '{' || text.find('"') == std::string::npos) {
    return false;
  }
  try {
    (void)values::from_json(text);
    return true;
  } catch (const base::Failure&) {
    return false;
  }
}

// The indentation of the first entry; 0 for a file in one line.
int json_indent(const std::string& text) {
  const std::size_t line = text.find('\n');
  if (line == std::string::npos) {
    return 0;
  }
  const std::size_t first = text.find_first_not_of(" \t\r\n", line);
  return first == std::string::npos ? 2 : static_cast<int>(first - text.rfind('\n', first) - 1);
}

// The last resort: all comments first, then the values.
std::string fresh(const text::Source& file, const Value& after) {
  if (is_json(file.bytes())) {
    return values::to_json(after, json_indent(file.bytes())) + "\n";
  }
  std::string text;
  const yaml::Fragment fragment(file.bytes());
  const std::vector<std::size_t> comments = yaml::find_comments(fragment);
  for (std::size_t line = 0; line < comments.size(); ++line) {
    if (comments[line] != yaml::k_npos) {
      text += fragment.text.substr(comments[line], fragment.line_end(line) - comments[line]);
      text += text.ends_with('\n') ? "" : "\n";
    }
  }
  text += text.empty() ? "" : "\n";
  text += values::to_yaml(after);
  const std::string_view mark = "\xEF\xBB\xBF";
  const std::string_view line_break = yaml::line_break_of(file.bytes());
  return (file.bytes().starts_with(mark) ? std::string(mark) : std::string()) +
         yaml::with_line_breaks(text, line_break);
}

}  // namespace

Rewriting rewrite(const text::Source& file, const Value& before, const Value& after,
                  const std::vector<rules::Fate>& fates, int layer, const Annotations& annotations,
                  std::optional<yaml::Tree> parsed) {
  if (before == after || (before.is_null() && after.is_leaf())) {
    return {file.bytes(), {}};
  }
  const Value old_root = before.is_map() ? before : Value::map();
  const Outline old_outline(old_root);
  const Outline new_outline(after);
  const Pairing pairing = pair_up(old_outline, new_outline, fates, layer);
  for (const Grain grain : {Grain::fine, Grain::no_alias}) {
    if (auto done = woven(file, old_outline, new_outline, pairing, annotations, grain, after,
                          std::exchange(parsed, std::nullopt))) {
      keep_end(file, done->text, after);
      return *done;
    }
  }
  Rewriting last{fresh(file, after), {}};
  if (!reads_as(file.name(), last.text, after)) {
    throw base::InternalError(file.name() + " reads differently after it was rewritten");
  }
  keep_end(file, last.text, after);
  return last;
}

}  // namespace convert

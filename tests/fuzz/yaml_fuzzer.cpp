// libFuzzer: any bytes through parser, editor, scalar typing and the reader of values. What parses
// prints byte for byte when nothing was edited, an edit changes what it is about and nothing else,
// and what we write is what is read from it.
#include "base/failure.hpp"
#include "fuzz/require.hpp"
#include "values/yaml_reader.hpp"
#include "values/yaml_writer.hpp"
#include "yaml/edit.hpp"
#include "yaml/quote.hpp"
#include "yaml/scalar.hpp"
#include "yaml/spans.hpp"

#include <cstdint>
#include <optional>
#include <string>

using fuzz::require;
using values::Value;

namespace {

std::optional<Value> read(const std::string& text, text::Sink* notes = nullptr) {
  try {
    return values::read_yaml(text::Source("values.yaml", text), {0, notes});
  } catch (const base::InternalError&) {
    throw;
  } catch (const base::Failure&) {
    return std::nullopt;
  }
}

void print(const std::string& text) {
  try {
    yaml::Document document(text);
    require(document.text() == text, "a file prints as it was");
  } catch (const yaml::ParseError&) {
  } catch (const yaml::EditError&) {
  }
}

// The tree, or where and why there is none.
struct Reading {
  std::optional<yaml::Tree> tree;
  std::string error;
  std::size_t offset = 0;
};

Reading reading(const std::string& text, yaml::Feed feed) {
  try {
    return {yaml::parse(text, feed), {}, 0};
  } catch (const yaml::ParseError& error) {
    return {std::nullopt, error.what(), error.offset};
  }
}

void feed(const std::string& text) {
  const Reading whole = reading(text, yaml::Feed::whole);
  const Reading thinned = reading(text, yaml::Feed::thinned);
  require(whole.error == thinned.error && whole.offset == thinned.offset,
          "cut comments end in the same error");
  require(whole.tree.has_value() == thinned.tree.has_value() &&
              (!whole.tree || (whole.tree->nodes == thinned.tree->nodes &&
                               whole.tree->roots == thinned.tree->roots)),
          "cut comments end in the same tree");
}

// A line of blanks or an indented comment that comes below a block scalar, or below the header of
// one without text, may be a line of it.
bool may_join_a_scalar(const std::string& text) {
  if (text.find_first_of("|>") == std::string::npos) {
    return false;
  }
  for (std::size_t at = text.find("\n "); at != std::string::npos; at = text.find("\n ", at + 1)) {
    const std::size_t end = text.find_first_not_of(" \t", at + 1);
    if (end == std::string::npos || text[end] == '\n' || text[end] == '\r' || text[end] == '#') {
      return true;
    }
  }
  return false;
}

// A tag of the root is left alone when the last key goes, and is an empty text or nothing then.
bool has_tagged_root(const std::string& text) {
  std::size_t line = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (; line < text.size(); line = text.find('\n', line) + 1) {
    if (const std::size_t first = text.find_first_not_of(" \t-", line);
        first != std::string::npos && text[first] == '!') {
      return true;
    }
    if (text.find('\n', line) == std::string::npos) {
      break;
    }
  }
  return false;
}

// Aliases and merge keys make one line mean something in two places, one of duplicate keys shows
// another when it goes, and a byte order mark is part of a key unless it comes to the front. What
// an edit of lines cannot see here, `convert` sees in its proof.
bool stands_for_itself(const std::string& text, const text::Sink& notes) {
  return notes.empty() && text.find_first_of("&*") == std::string::npos &&
         text.find("<<") == std::string::npos &&
         text.find("\xEF\xBB\xBF", 1) == std::string::npos && !may_join_a_scalar(text) &&
         !has_tagged_root(text);
}

void remove(const std::string& text) {
  text::Sink notes;
  std::optional<Value> values = read(text, &notes);
  if (!values || !values->is_map() || values->entries().empty() ||
      !stands_for_itself(text, notes)) {
    return;
  }
  const std::string key = values->entries()[text.size() % values->entries().size()].first;
  try {
    yaml::Document document(text);
    document.remove({key});
    values->erase(key);
    const std::optional<Value> left = read(document.text());
    require(left && (*left == *values || (left->is_null() && values->is_leaf())),
            "what is removed is gone and everything else is there");
  } catch (const yaml::ParseError&) {
  } catch (const yaml::EditError&) {
  }
}

void write(const std::string& text) {
  if (const std::optional<Value> values = read(text); values && values->is_map()) {
    require(read(values::to_yaml(*values)) == *values, "values are read as they were written");
  }
}

void type(const std::string& text) {
  (void)yaml::resolve(text, true);
  (void)yaml::resolve_key(text, true);
  if (yaml::is_safe_plain(text)) {
    const yaml::Resolved read = yaml::resolve(text, true);
    require(read.type == yaml::Resolved::Type::text && read.text == text,
            "a safe plain text is that text");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  print(text);
  feed(text);
  remove(text);
  write(text);
  type(text);
  return 0;
}

// Random edits of a commented file against the same edits of its values.
#include "values/json.hpp"
#include "values/yaml_reader.hpp"
#include "values/yaml_writer.hpp"
#include "yaml/edit.hpp"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace yaml {
namespace {

using values::Value;

class EditRun {
 public:
  explicit EditRun(unsigned seed) : m_random(seed) {
    m_model = map(4);
    m_model["last"] = Value::text("end");  // so that the root never becomes empty
    m_text = with_comments(values::to_yaml(m_model));
  }

  const std::string& text() const { return m_text; }
  const Value& model() const { return m_model; }
  const std::string& script() const { return m_script; }

  // One random edit on both; nothing when the drawn one makes no sense.
  void edit(Document& document) {
    const values::Path path = any_entry();
    const std::string last = path.back().key;
    if (path.empty() || last == "last") {
      return;
    }
    const Value value = *find(m_model, path);
    m_script += path.text() + " ";
    switch (below(4)) {
      case 0:
        m_script += "removed\n";
        document.remove(place(path));
        values::erase(m_model, path);
        break;
      case 1: {
        const std::string name = fresh();
        m_script += "renamed to " + name + "\n";
        document.rename(place(path), name);
        rename(path, name);
        break;
      }
      case 2:
        if (value.is_leaf()) {
          m_script += "set\n";
          document.set(place(path), "\"new: text\"");
          reach(m_model, path) = Value::text("new: text");
        }
        break;
      default: {
        values::Path target;
        if (const values::Path other = any_entry(); find(m_model, other)->is_map() &&
                                                    !find(m_model, other)->is_leaf() &&
                                                    !other.starts_with(path)) {
          target = other;
        }
        target = below(3) == 0 ? target.key(fresh()).key(fresh()) : target.key(fresh());
        m_script += "moved to " + target.text() + "\n";
        document.move(place(path), place(target));
        values::reach(m_model, target) = value;
        values::erase(m_model, path);
      }
    }
  }

 private:
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(m_random);
  }
  std::string fresh() { return "n" + std::to_string(m_fresh++); }

  Value map(int depth) {
    static const char* const k_keys[] = {"a", "b", "on", "1", "long key", "c.d", "x: y", "z#"};
    Value result = Value::map();
    for (std::size_t count = 1 + below(5); count > 0; --count) {
      result[k_keys[below(8)]] = value(depth - 1);
    }
    return result;
  }

  Value value(int depth) {
    static const char* const k_texts[] = {"text",          "yes",   "",    "two\nlines\n",
                                          "a\n\n  b\n# c", "q\"'q", "a: b"};
    switch (below(depth > 0 ? 7 : 4)) {
      case 0:
        return Value::number(static_cast<double>(below(100)));
      case 1:
        return {};
      case 2:
      case 3:
        return Value::text(k_texts[below(7)]);
      case 4:
        return Value::list({map(1), value(depth - 1)});
      default:
        return map(depth);
    }
  }

  // Comments and blank lines between top-level entries and within maps; never inside a block
  // scalar.
  std::string with_comments(const std::string& yaml) {
    std::string result;
    bool in_scalar = false;
    std::size_t scalar_indent = 0;
    std::size_t begin = 0;
    while (begin < yaml.size()) {
      const std::size_t end = yaml.find('\n', begin) + 1;
      const std::string line = yaml.substr(begin, end - begin);
      const std::size_t indent = line.find_first_not_of(' ');
      begin = end;
      if (in_scalar && (line == "\n" || indent > scalar_indent)) {
        result += line;
        continue;
      }
      in_scalar = line.ends_with("|\n") || line.ends_with("|-\n") || line.ends_with("|+\n");
      scalar_indent = indent;
      if (below(4) == 0) {
        result += std::string(indent, ' ') + "# about the next\n";
      }
      if (below(8) == 0) {
        result += "\n";
      }
      if (below(12) == 0) {
        result += "# far left\n\n";
      }
      result += line;
    }
    return result;
  }

  // Any entry whose path has only keys: items of lists are not addressed one by one.
  values::Path any_entry() {
    std::vector<values::Path> paths;
    collect({}, m_model, paths);
    return paths[below(paths.size())];
  }
  static void collect(const values::Path& at, const Value& map, std::vector<values::Path>& paths) {
    for (const auto& [key, child] : map.entries()) {
      paths.push_back(at.key(key));
      collect(at.key(key), child, paths);
    }
  }

  static Place place(const values::Path& path) {
    Place result;
    for (const values::Step& step : path.steps()) {
      result.emplace_back(step.key);
    }
    return result;
  }

  void rename(const values::Path& path, const std::string& name) {
    Value& parent = path.size() == 1 ? m_model : *find(m_model, path.parent());
    for (auto& [key, child] : parent.entries()) {
      if (key == path.back().key) {
        key = name;
      }
    }
  }

  std::mt19937 m_random;
  Value m_model;
  std::string m_text;
  std::string m_script;
  int m_fresh = 0;
};

Value read(const std::string& text) {
  return values::read_yaml(text::Source("edited", text));
}

TEST(YamlEdit, WithoutEditsEveryByteStays) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const EditRun run(seed);
    ASSERT_EQ(Document(run.text()).text(), run.text()) << "seed " << seed;
    ASSERT_EQ(read(run.text()), run.model()) << "seed " << seed << "\n" << run.text();
  }
}

TEST(YamlEdit, EditedTextReadsAsTheEditedValues) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    EditRun run(seed);
    Document document(run.text());
    for (int edits = 0; edits < 5; ++edits) {
      run.edit(document);
    }
    const std::string edited = document.text();
    ASSERT_EQ(read(edited), run.model()) << "seed " << seed << "\n"
                                         << run.text() << "\n"
                                         << run.script() << "\n"
                                         << edited;
  }
}

}  // namespace
}  // namespace yaml

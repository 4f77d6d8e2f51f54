// The address of a value: map keys and list indexes. As text "a.b[0].c"; a dot, bracket or
// backslash inside a key is escaped with a backslash, as keymap and `helm --set` write it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace values {

struct Step {
  static constexpr std::size_t k_no_index = static_cast<std::size_t>(-1);
  std::string key;                 // empty when it is an index
  std::size_t index = k_no_index;  // k_no_index when it is a key

  bool is_index() const { return index != k_no_index; }
  friend bool operator==(const Step&, const Step&) = default;
  friend auto operator<=>(const Step&, const Step&) = default;
};

class Path {
 public:
  Path() = default;
  // Parses the text form. Throws base::InternalError when it is malformed: paths in text come from
  // the catalogue and from our own code.
  explicit Path(std::string_view text);
  Path(const char* text) : Path(std::string_view(text)) {}  // NOLINT: paths read best as literals

  const std::vector<Step>& steps() const { return m_steps; }
  bool empty() const { return m_steps.empty(); }
  std::size_t size() const { return m_steps.size(); }
  const Step& back() const { return m_steps.back(); }

  Path key(std::string_view name) const;  // one map key deeper, taken literally
  Path at(std::size_t index) const;       // one list index deeper
  Path join(const Path& rest) const;
  Path parent() const;
  bool starts_with(const Path& prefix) const;
  Path after(std::size_t count) const;  // without the first `count` steps
  Path first(std::size_t count) const;
  std::string text() const;

  friend bool operator==(const Path&, const Path&) = default;
  friend auto operator<=>(const Path&, const Path&) = default;

 private:
  std::vector<Step> m_steps;
};

}  // namespace values

// Finds actions and references to values in the text of a Go template. It reads as much of the
// language as that takes: comments, strings, field chains and `index` with constant keys.
#pragma once

#include "values/path.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace decisions {

struct TemplateAction {
  std::size_t begin = 0;  // of "{{"
  std::size_t end = 0;    // behind "}}"
  std::string inside;
};

struct TemplateReference {
  std::size_t begin = 0;  // in the action's inside
  std::size_t end = 0;
  values::Path path;       // below .Values
  bool from_root = false;  // written with a dollar sign

  // True when the action is nothing but this reference.
  bool is_all_of(std::string_view inside) const;
};

// Comments are passed over. Nothing when there is no further one, or it is never closed.
std::optional<TemplateAction> next_action(const std::string& text, std::size_t from);
std::optional<TemplateReference> next_reference(const std::string& inside, std::size_t from);

// A word that may follow a dot.
bool is_template_name(std::string_view word);

}  // namespace decisions

// Cuts what nobody needs out of a large JSON answer before a parser has to read it.
#pragma once

#include <string>
#include <string_view>

namespace helm {

// The text without the value of the member `name` of the outermost object, which becomes null. Text
// that has no such member, or is no JSON object, comes back as it is: the parser judges it.
std::string without_member(std::string_view json, std::string_view name);

}  // namespace helm

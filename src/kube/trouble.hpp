// What kubectl's words mean: the one place that reads its stderr.
#pragma once

#include <string>
#include <string_view>

namespace kube {

// What kubectl said when it could not do it.
struct Trouble {
  enum class Kind {
    missing,      // there is no kubectl, or it cannot be executed
    unreachable,  // no answer from the API server
    forbidden,    // it does not know us, or does not let us
    refused,      // it looked at the object and said no
    other
  } kind = Kind::other;
  std::string message;  // kubectl's own words, one line, without values of objects
};

Trouble classify(int exit_code, bool timed_out, std::string_view err);

// "Error from server (Forbidden): pods is forbidden: User "x" cannot list resource …": the caller
// lacks a right. A quota or a policy that forbids the object is no such thing.
bool lacks_rights(std::string_view line);

// kubectl prints whole objects into some messages ("Invalid value: core.PodTemplateSpec{…}"), with
// every environment variable in them. What stands in braces is replaced by "…", and a message is
// cut after 400 characters.
std::string without_objects(std::string_view message);

}  // namespace kube

// A kubeconfig with one cluster, one user and one context.
#pragma once

#include "values/value.hpp"

#include <string>

namespace kube {

// All of them are called `name`; `context` may hold more than the two names, a namespace for one.
values::Value kubeconfig_of(const std::string& name, values::Value cluster, values::Value user,
                            values::Value context);

}  // namespace kube

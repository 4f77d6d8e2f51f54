// The cluster through kubectl, with Helm's words of connection: context and kubeconfig from the
// environment; HELM_KUBETOKEN and its like, which kubectl does not know, through a kubeconfig in a
// memfd, never in an argument list.
#pragma once

#include "values/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kube {

// What kubectl said when it could not do it.
struct Trouble {
  enum class Kind { missing, unreachable, forbidden, refused, other } kind = Kind::other;
  std::string message;  // kubectl's own words, one line
};

class Client {
 public:
  // Finds kubectl ($C8UPGRADE_KUBECTL or PATH). `available()` is false when there is none.
  explicit Client(std::string release_namespace);
  bool available() const;

  struct Answer {
    int exit_code = 0;
    std::string out;
    std::string err;
    bool ok() const { return exit_code == 0; }
    Trouble trouble() const;
  };
  // Runs kubectl with these words, the namespace and the connection added; `input` goes to stdin.
  Answer run(const std::vector<std::string>& words, const std::string& input = {}) const;

  // `kubectl get KIND [NAME] -o json`; nothing when it does not exist. Throws base::Failure for
  // other trouble.
  std::optional<values::Value> get(const std::string& kind, const std::string& name) const;
  std::vector<values::Value> list(const std::string& kinds, const std::string& selector = {}) const;

 private:
  std::string m_program;
  std::string m_namespace;
  std::string m_kubeconfig;  // /dev/fd/N, or empty
};

}  // namespace kube

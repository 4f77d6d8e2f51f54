// The cluster through kubectl, with Helm's words of connection: context and kubeconfig from the
// environment; HELM_KUBETOKEN and its like, which kubectl does not know, through a kubeconfig in a
// memfd, never in an argument list.
#pragma once

#include "kube/trouble.hpp"
#include "values/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kube {

class Client {
 public:
  // Finds kubectl ($C8UPGRADE_KUBECTL or PATH). `available()` is false when there is none.
  explicit Client(std::string release_namespace);
  // Of another server than Helm's. Throws base::Failure when there is no kubectl.
  static Client with_kubeconfig(const values::Value& kubeconfig);
  bool available() const { return !m_program.empty(); }
  const std::string& release_namespace() const { return m_namespace; }

  struct Answer {
    int exit_code = 0;
    bool timed_out = false;
    std::string out;
    std::string err;
    bool ok() const { return exit_code == 0 && !timed_out; }
    Trouble trouble() const { return classify(exit_code, timed_out, err); }
  };
  struct Call {
    std::vector<std::string> words;
    std::string input;         // goes to stdin
    std::string in_namespace;  // empty: the release's
  };
  // Runs kubectl with these words, the namespace and the connection added. The server gets 30
  // seconds for one request, a call two minutes ($C8UPGRADE_KUBECTL_TIMEOUT in seconds).
  Answer run(const std::vector<std::string>& words, const std::string& input = {}) const;
  // Side by side; answers in the order of the calls.
  std::vector<Answer> run_all(const std::vector<Call>&) const;

  // `kubectl get KIND [NAME] -o json`; nothing when it does not exist. Throws base::Failure for
  // other trouble.
  std::optional<values::Value> get(const std::string& kind, const std::string& name) const;
  std::vector<values::Value> list(const std::string& kinds, const std::string& selector = {}) const;

 private:
  Client() = default;
  std::string m_program;  // empty: there is none
  std::string m_namespace;
  std::string m_context;     // a word for kubectl, or empty
  std::string m_kubeconfig;  // /dev/fd/N, or empty
};

// The items of `kubectl get … -o json`: of a List, or the one object, or none.
std::vector<values::Value> items_of(const std::string& json);

}  // namespace kube

// A kubectl for tests: a shell script that the client takes for the real one.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>

namespace kube {

class FakeKubectl {
 public:
  explicit FakeKubectl(const std::string& script) {
    std::string name = (std::filesystem::temp_directory_path() / "kubectl-XXXXXX").string();
    m_folder = mkdtemp(name.data());
    std::ofstream(m_folder / "kubectl") << "#!/bin/sh\ndir=$(dirname \"$0\")\n"
                                        << "echo \"$@\" >> \"$dir/calls\"\n"
                                        << script << "\n";
    std::filesystem::permissions(m_folder / "kubectl", std::filesystem::perms::owner_all);
    setenv("C8UPGRADE_KUBECTL", (m_folder / "kubectl").c_str(), 1);
  }
  ~FakeKubectl() {
    unsetenv("C8UPGRADE_KUBECTL");
    std::filesystem::remove_all(m_folder);
  }
  FakeKubectl(const FakeKubectl&) = delete;
  FakeKubectl& operator=(const FakeKubectl&) = delete;

  // The words of every call, a line each.
  std::string calls() const { return file("calls"); }
  // What the script left in a file of its folder ($dir).
  std::string file(const std::string& name) const {
    std::ifstream in(m_folder / name);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::filesystem::path m_folder;
};

}  // namespace kube

#include "process/ancestors.hpp"

#include <array>
#include <charconv>
#include <climits>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <string_view>
#include <unistd.h>

namespace process {
namespace {

std::string link(const std::string& path) {
  std::array<char, PATH_MAX> buffer{};
  const ssize_t length = ::readlink(path.c_str(), buffer.data(), buffer.size());
  return {buffer.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = text.find('\0');
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

// "PID (name) S PPID …": a name may hold anything, so the last ")" counts.
int parent_of(int id) {
  const std::string text = file(fmt::format("/proc/{}/stat", id));
  const std::size_t close = text.rfind(')');
  if (close == std::string::npos || close + 4 >= text.size()) {
    return 0;
  }
  int parent = 0;
  std::from_chars(text.data() + close + 4, text.data() + text.size(), parent);
  return parent;
}

}  // namespace

std::vector<Ancestor> ancestors(int depth) {
  std::vector<Ancestor> found;
  for (int id = ::getppid(); id > 0 && depth > 0; id = parent_of(id), --depth) {
    const std::string folder = fmt::format("/proc/{}", id);
    found.push_back(
        {id, link(folder + "/exe"), words_of(file(folder + "/cmdline")), link(folder + "/cwd")});
  }
  return found;
}

std::string own_executable() {
  return link("/proc/self/exe");
}

std::string own_directory() {
  return link("/proc/self/cwd");
}

}  // namespace process

#include "cli/file_walk.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace cli {
namespace {

namespace fs = std::filesystem;

bool fits_class(std::string_view glob, std::size_t& at, char c) {
  std::size_t i = at + 1;
  const bool negated = i < glob.size() && (glob[i] == '!' || glob[i] == '^');
  i += negated ? 1 : 0;
  bool found = false;
  for (bool first = true; i < glob.size() && (glob[i] != ']' || first); first = false) {
    if (i + 2 < glob.size() && glob[i + 1] == '-' && glob[i + 2] != ']') {
      found = found || (glob[i] <= c && c <= glob[i + 2]);
      i += 3;
    } else {
      found = found || glob[i] == c;
      ++i;
    }
  }
  at = i;
  return found != negated;
}

bool has_suffix(const fs::path& path) {
  const std::string suffix = base::lower(path.extension().string());
  return suffix == ".yaml" || suffix == ".yml" || suffix == ".json";
}

void read_ignore_file(IgnoreRules& rules, const fs::path& folder, const std::string& relative) {
  std::ifstream in(folder / ".gitignore", std::ios::binary);
  if (in) {
    rules.add(std::string(std::istreambuf_iterator<char>(in), {}), relative);
  }
}

class Walker {
 public:
  Walker(std::string root, const std::vector<std::string>& exclude)
      : m_root(std::move(root)), m_exclude(exclude) {}

  std::vector<std::string> walk() {
    enter(m_root, "");
    return std::move(m_found);
  }

 private:
  void enter(const fs::path& folder, const std::string& relative) {
    read_ignore_file(m_ignored, folder, relative);
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::end(entry);
         entry.increment(error)) {
      entries.push_back(*entry);
    }
    if (error) {
      throw base::Failure(
          fmt::format("cannot read the folder {}: {}", folder.string(), error.message()),
          "Check its permissions, or leave it out with --exclude.");
    }
    std::sort(entries.begin(), entries.end());
    for (const fs::directory_entry& entry : entries) {
      look_at(entry, relative);
    }
  }

  void look_at(const fs::directory_entry& entry, const std::string& folder) {
    const std::string name = entry.path().filename().string();
    const std::string relative = folder.empty() ? name : folder + "/" + name;
    const bool is_folder = entry.is_directory() && !entry.is_symlink();
    if (m_ignored.ignores(relative, is_folder) || is_excluded(relative, name)) {
      return;
    }
    if (is_folder) {
      if (!name.starts_with('.')) {
        enter(entry.path(), relative);
      }
    } else if (entry.is_regular_file() && !entry.is_symlink() && has_suffix(entry.path())) {
      m_found.push_back(entry.path().lexically_normal().string());
    }
  }

  bool is_excluded(const std::string& relative, const std::string& name) const {
    return std::any_of(m_exclude.begin(), m_exclude.end(), [&](const std::string& glob) {
      return fits_glob(glob, relative) || fits_glob(glob, name);
    });
  }

  std::string m_root;
  const std::vector<std::string>& m_exclude;
  IgnoreRules m_ignored;
  std::vector<std::string> m_found;
};

}  // namespace

bool fits_glob(std::string_view glob, std::string_view path) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] == '*') {
      const bool deep = i + 1 < glob.size() && glob[i + 1] == '*';
      std::string_view rest = glob.substr(i + (deep ? 2 : 1));
      if (deep && rest.starts_with('/') && fits_glob(rest.substr(1), path.substr(at))) {
        return true;  // "**/" stands for no folder, too
      }
      for (std::size_t end = at; end <= path.size(); ++end) {
        if (fits_glob(rest, path.substr(end))) {
          return true;
        }
        if (end < path.size() && path[end] == '/' && !deep) {
          break;
        }
      }
      return false;
    }
    if (at == path.size()) {
      return false;
    }
    if (glob[i] == '[' && glob.find(']', i + 2) != std::string_view::npos) {
      if (!fits_class(glob, i, path[at])) {
        return false;
      }
    } else if (glob[i] == '?') {
      if (path[at] == '/') {
        return false;
      }
    } else {
      i += glob[i] == '\\' && i + 1 < glob.size() ? 1 : 0;
      if (glob[i] != path[at]) {
        return false;
      }
    }
    ++at;
  }
  return at == path.size();
}

void IgnoreRules::add(std::string_view lines, const std::string& folder) {
  for (std::string_view line : base::split_lines(lines)) {
    while (line.ends_with(' ') && !line.ends_with("\\ ")) {
      line.remove_suffix(1);
    }
    if (line.empty() || line.front() == '#') {
      continue;
    }
    Pattern pattern;
    pattern.folder = folder;
    pattern.negated = line.front() == '!';
    line.remove_prefix(pattern.negated ? 1 : 0);
    pattern.folders_only = line.ends_with('/');
    line.remove_suffix(pattern.folders_only ? 1 : 0);
    pattern.anchored = line.find('/') != std::string_view::npos;
    line.remove_prefix(line.starts_with('/') ? 1 : 0);
    pattern.text = line;
    if (!pattern.text.empty()) {
      m_patterns.push_back(std::move(pattern));
    }
  }
}

bool IgnoreRules::ignores(const std::string& path, bool is_folder) const {
  bool ignored = false;
  for (const Pattern& pattern : m_patterns) {
    std::string_view rest = path;
    if (!pattern.folder.empty()) {
      if (!rest.starts_with(pattern.folder + "/")) {
        continue;
      }
      rest.remove_prefix(pattern.folder.size() + 1);
    }
    if (pattern.folders_only && !is_folder) {
      continue;
    }
    if (!pattern.anchored) {
      rest.remove_prefix(rest.rfind('/') == std::string_view::npos ? 0 : rest.rfind('/') + 1);
    }
    if (fits_glob(pattern.text, rest)) {
      ignored = !pattern.negated;
    }
  }
  return ignored;
}

std::vector<std::string> walk(const std::string& folder, const std::vector<std::string>& exclude) {
  return Walker(folder, exclude).walk();
}

}  // namespace cli

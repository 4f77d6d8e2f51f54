// The files of a folder that may hold values: what Git ignores, and what the words exclude, is left
// out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cli {

// The patterns of .gitignore files (gitignore(5)): comments, "!", "/" at either end, "*", "**", "?"
// and "[…]".
class IgnoreRules {
 public:
  // Adds the lines of a file that stands in `folder`, relative to where the walk began ("" there).
  void add(std::string_view lines, const std::string& folder);
  // Whether a path (relative to where the walk began) is ignored by the last pattern that fits.
  bool ignores(const std::string& path, bool is_folder) const;

 private:
  struct Pattern {
    std::string text;  // without "!" and "/" at its ends
    std::string folder;
    bool negated = false;
    bool folders_only = false;
    bool anchored = false;  // holds a "/": counts from its folder; else fits at any depth
  };
  std::vector<Pattern> m_patterns;
};

// Whether a path fits a glob: "*" and "?" stop at "/", "**" does not.
bool fits_glob(std::string_view glob, std::string_view path);

// YAML and JSON files below the folder, sorted, as paths that begin with it. Hidden folders are not
// entered and links are not followed. Throws base::Failure for a folder that cannot be read.
std::vector<std::string> walk(const std::string& folder, const std::vector<std::string>& exclude);

}  // namespace cli

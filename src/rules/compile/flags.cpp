#include "rules/compile/flags.hpp"

#include "base/strings.hpp"
#include "rules/compile/compile.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <vector>

namespace rules::compile {
namespace {

constexpr std::string_view k_header =
    "flag\tshort\ttakes\ttype\thelm3\thelm4\thidden\tgroup\tenvironment\tnotes";

// Bits of helm::Flag::known.
constexpr unsigned k_bits3[] = {0, 1, 2, 3};
constexpr unsigned k_bits4[] = {0, 4, 8, 12};

struct Row {
  std::string name;
  char shorthand = 0;
  std::string takes;
  std::string type;
  unsigned known = 0;
  bool hidden = false;
  std::string group;
  std::string environment;
  int line = 0;
};

class Reader {
 public:
  explicit Reader(const std::string& file) : m_file(file) {}

  void read(const std::string& text) {
    bool header_seen = false;
    for (const std::string_view line : base::split_lines(text)) {
      ++m_line;
      if (line.empty() || line.front() == '#') {
        continue;
      }
      if (!header_seen) {
        if (line != k_header) {
          fail("the first line must name the columns: " + std::string(k_header));
        }
        header_seen = true;
        continue;
      }
      read_row(base::split(line, '\t'));
    }
    if (m_rows.empty()) {
      fail("no flags");
    }
  }

  std::vector<Row>& rows() { return m_rows; }

  // What one command knows must be unique, and ours must be free in every command.
  void check_collisions() {
    std::map<std::string, const Row*> seen;
    for (const Row& row : m_rows) {
      for (const unsigned bit : {1U, 2U, 4U, 8U}) {
        if (row.group == "own" || (row.known & bit) != 0) {
          claim(seen, fmt::format("{}--{}", bit, row.name), row);
          if (row.shorthand != 0) {
            claim(seen, fmt::format("{}-{}", bit, row.shorthand), row);
          }
        }
      }
    }
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { fail(m_line, what); }
  [[noreturn]] void fail(int line, const std::string& what) const {
    throw CatalogueError(fmt::format("{}:{}: {}", m_file, line, what));
  }

  void read_row(const std::vector<std::string_view>& cells) {
    if (cells.size() < 9 || cells.size() > 10) {
      fail(fmt::format("{} columns where there must be 9 or 10", cells.size()));
    }
    Row row;
    row.line = m_line;
    row.name = flag_name(cells[0]);
    if (cells[1] != "-") {
      if (cells[1].size() != 1) {
        fail(fmt::format("a shorthand is one letter, not '{}'", cells[1]));
      }
      row.shorthand = cells[1].front();
    }
    row.takes = one_of("takes", cells[2], {"nothing", "value", "optional"});
    row.type = std::string(cells[3]);
    if (row.type.empty() || (row.takes == "nothing") != (row.type == "bool")) {
      fail(fmt::format("--{}: a switch, and only a switch, has the type bool", row.name));
    }
    row.known = commands("helm3", cells[4], k_bits3) | commands("helm4", cells[5], k_bits4);
    const std::string hidden = one_of("hidden", cells[6], {"-", "3", "4", "3,4"});
    row.hidden = hidden == "3,4" || (hidden == "4" && (row.known & 3U) == 0);
    row.group = one_of("group", cells[7],
                       {"-", "values", "reuse", "chart", "stripped", "global", "klog", "own"});
    if ((row.group == "own") != (row.known == 0)) {
      fail(fmt::format("--{}: our own flags, and only those, are unknown to Helm", row.name));
    }
    if (cells[8] != "-") {
      row.environment = std::string(cells[8]);
    }
    if (row.group == "stripped" && row.environment.empty()) {
      fail(fmt::format("--{}: which environment variable does Helm's dispatcher set?", row.name));
    }
    m_rows.push_back(std::move(row));
  }

  std::string flag_name(std::string_view cell) const {
    if (!cell.starts_with("--") || cell.size() < 3) {
      fail(fmt::format("'{}' is no flag: it must begin with --", cell));
    }
    const std::string_view name = cell.substr(2);
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string_view::npos) {
      fail(fmt::format("'{}': a flag's name has small letters, digits and hyphens", cell));
    }
    return std::string(name);
  }

  std::string one_of(std::string_view column, std::string_view cell,
                     std::initializer_list<std::string_view> allowed) const {
    if (std::find(allowed.begin(), allowed.end(), cell) == allowed.end()) {
      fail(fmt::format("column {}: '{}' is none of {}", column, cell, fmt::join(allowed, " ")));
    }
    return std::string(cell);
  }

  unsigned commands(std::string_view column, std::string_view cell, const unsigned* bits) const {
    const std::string word = one_of(column, cell, {"-", "upgrade", "template", "both"});
    return word == "-"          ? bits[0]
           : word == "upgrade"  ? bits[1]
           : word == "template" ? bits[2]
                                : bits[3];
  }

  void claim(std::map<std::string, const Row*>& seen, const std::string& key,
             const Row& row) const {
    const auto [found, added] = seen.emplace(key, &row);
    if (!added && found->second != &row) {
      fail(row.line, fmt::format("--{} collides with --{} of line {}", row.name,
                                 found->second->name, found->second->line));
    }
  }

  std::string m_file;
  int m_line = 0;
  std::vector<Row> m_rows;
};

}  // namespace

std::string compile_helm_flags(const std::string& tsv_text, const std::string& file_name) {
  Reader reader(file_name);
  reader.read(tsv_text);
  reader.check_collisions();
  auto& rows = reader.rows();
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.name < b.name; });
  std::string out = "// Written by compile_catalogue from " + file_name +
                    ".\n#include \"helm/flags.hpp\"\n\nnamespace helm {\nnamespace {\n\n"
                    "constexpr Flag k_flags[] = {\n";
  for (const Row& row : rows) {
    out += fmt::format(
        "    {{\"{}\", {}, Takes::{}, \"{}\", {}, {}, FlagGroup::{}, \"{}\"}},\n", row.name,
        row.shorthand == 0 ? std::string("0") : fmt::format("'{}'", row.shorthand), row.takes,
        row.type, row.known, row.hidden, row.group == "-" ? "other" : row.group, row.environment);
  }
  out +=
      "};\n\n}  // namespace\n\nstd::span<const Flag> flag_table() { return k_flags; }\n\n"
      "}  // namespace helm\n";
  return out;
}

}  // namespace rules::compile

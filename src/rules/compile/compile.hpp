// Checks the catalogue's files and writes the C++ tables that src/rules/catalogue.cpp reads. Runs
// in the build only. Every mistake is reported as "file:line: what is wrong" and fails the build.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace rules::compile {

struct CatalogueError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct SourceFile {
  std::string name;  // as it is named in messages
  std::string text;
};

struct Inputs {
  std::vector<SourceFile> rule_files;  // *.yaml, in the order of reading
  SourceFile old_keys;                 // old-keys.tsv
  SourceFile new_keys;                 // new-keys.tsv
  SourceFile env_rules;                // env.tsv
  SourceFile plain_secrets;            // plain-secrets.tsv
};

// The text of a C++ unit that defines rules::catalogue_8_7_to_8_8().
std::string compile_catalogue(const Inputs&);

}  // namespace rules::compile

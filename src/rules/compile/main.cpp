// compile_catalogue CATALOGUE_DIR OUTPUT_DIR
#include "rules/compile/compile.hpp"
#include "rules/compile/flags.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

namespace fs = std::filesystem;

rules::compile::SourceFile read(const fs::path& path, const fs::path& base) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw rules::compile::CatalogueError(path.string() + ":1: cannot be read");
  }
  return {("catalogue" / path.lexically_relative(base)).string(),
          std::string(std::istreambuf_iterator<char>(in), {})};
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: compile_catalogue CATALOGUE_DIR OUTPUT_DIR\n", stderr);
    return 2;
  }
  const fs::path base = argv[1];
  const fs::path out = argv[2];
  try {
    const fs::path hop = base / "8.7-to-8.8";
    rules::compile::Inputs inputs;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(hop)) {
      if (entry.path().extension() == ".yaml") {
        files.push_back(entry.path());
      }
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
      inputs.rule_files.push_back(read(file, base));
    }
    inputs.old_keys = read(hop / "old-keys.tsv", base);
    inputs.new_keys = read(hop / "new-keys.tsv", base);
    inputs.env_rules = read(hop / "env.tsv", base);
    inputs.plain_secrets = read(hop / "plain-secrets.tsv", base);
    write(out / "catalogue_8_7_to_8_8.cpp", rules::compile::compile_catalogue(inputs));
    const auto flags = read(base / "helm-flags.tsv", base);
    write(out / "helm_flags.cpp", rules::compile::compile_helm_flags(flags.text, flags.name));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
  return 0;
}

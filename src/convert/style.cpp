#include "convert/style.hpp"

#include <map>

namespace convert {
namespace {

// The value that occurs most often, the smallest of them; `otherwise` when there is none.
std::size_t most_frequent(const std::map<long, int>& counts, std::size_t otherwise) {
  long best = static_cast<long>(otherwise);
  int most = 0;
  for (const auto& [value, count] : counts) {
    if (count > most) {
      best = value;
      most = count;
    }
  }
  return static_cast<std::size_t>(best);
}

}  // namespace

values::YamlStyle style_of(const yaml::Fragment& file) {
  std::map<long, int> maps;
  std::map<long, int> sequences;
  for (const yaml::Node& node : file.tree.nodes) {
    if (!yaml::is_block_collection(node) || node.parent == yaml::k_none) {
      continue;
    }
    const yaml::Node& above = file.node(node.parent);
    if (above.kind != yaml::Kind::mapping || above.style != yaml::Style::block) {
      continue;
    }
    const long deeper = static_cast<long>(file.tree.column_of(node.content)) -
                        static_cast<long>(file.tree.column_of(above.content));
    if (node.kind == yaml::Kind::sequence && deeper >= 0) {
      ++sequences[deeper];
    } else if (node.kind == yaml::Kind::mapping && deeper > 0) {
      ++maps[deeper];
    }
  }
  const std::size_t step = most_frequent(maps, 2);
  return {step, most_frequent(sequences, step)};
}

}  // namespace convert

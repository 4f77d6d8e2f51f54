// The post-renderer's plugin.yaml for Helm 4 belongs to the same release as the plugin's own.
#include "text/source.hpp"
#include "values/yaml_reader.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace {

std::string version_in(const std::string& file) {
  std::ifstream in(std::string(C8UPGRADE_TESTS "/../") + file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const values::Value plugin = values::read_yaml(text::Source(file, text));
  const values::Value* version = plugin.find("version");
  return version == nullptr ? "" : version->plain();
}

TEST(PostRendererPlugin, HasTheVersionOfThePlugin) {
  EXPECT_FALSE(version_in("plugin.yaml").empty());
  EXPECT_EQ(version_in("postrenderer/c8upgrade-postrenderer/plugin.yaml"),
            version_in("plugin.yaml"));
}

}  // namespace

// How a file is written, so that what is added looks like its neighbours.
#pragma once

#include "values/yaml_writer.hpp"
#include "yaml/layout.hpp"

namespace convert {

// The indentation that most blocks of the file have.
values::YamlStyle style_of(const yaml::Fragment& file);

}  // namespace convert

// A file with what became of its values.
#pragma once

#include "base/version.hpp"
#include "convert/work.hpp"
#include "text/diagnostic.hpp"

#include <optional>
#include <string>

namespace convert {

// The bytes of the file with each slot's text in its place. A chart's version beside the values
// becomes `set_version`; without one a version before `to` is told. Throws base::InternalError when
// the text does not read as it should.
std::string written(const Work& file, const std::optional<std::string>& set_version,
                    const base::Version& to, text::Sink& notes);

}  // namespace convert

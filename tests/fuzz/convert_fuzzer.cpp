// libFuzzer: any bytes as a values file or a manifest. They are refused with a reason, or the
// result reads as the plan has it (convert() proves that itself and throws an internal error when
// not), and does not change when it is converted again.
#include "base/failure.hpp"
#include "convert/convert.hpp"
#include "fuzz/require.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace {

convert::Conversion converted(const std::string& text) {
  return convert::convert({text::Source("values.yaml", text)}, {});
}

bool has_error(const convert::Conversion& done) {
  const auto is_error = [](const text::Diagnostic& finding) {
    return finding.severity == text::Severity::error;
  };
  return std::any_of(done.plan.findings.begin(), done.plan.findings.end(), is_error) ||
         std::any_of(done.notes.begin(), done.notes.end(), is_error);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  convert::Conversion first;
  try {
    first = converted(text);
  } catch (const base::InternalError&) {
    throw;
  } catch (const base::Failure&) {
    return 0;
  }
  if (!has_error(first)) {
    fuzz::require(converted(first.texts[0]).texts[0] == first.texts[0],
                  "what is converted does not change again");
  }
  return 0;
}

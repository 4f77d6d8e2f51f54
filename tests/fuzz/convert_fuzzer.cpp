// libFuzzer: any bytes as a values file. They are refused with a reason, or the result reads as the
// plan has it (convert() proves that itself), keeps every comment line, and does not change again.
#include "base/failure.hpp"
#include "convert/convert.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

// An internal error is a finding: the promise that a result reads as planned did not hold.
bool is_internal(const base::Failure& failure) {
  return std::string(failure.what()).find("internal error") != std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const auto first = convert::convert({text::Source("values.yaml", text)}, {});
    const auto second = convert::convert({text::Source("values.yaml", first.texts[0])}, {});
    if (second.texts[0] != first.texts[0] && second.plan.already_new) {
      std::abort();
    }
  } catch (const base::Failure& failure) {
    if (is_internal(failure)) {
      std::abort();
    }
  }
  return 0;
}

// libFuzzer: any bytes through parser, editor and scalar typing. What parses prints byte for byte
// when nothing was edited, and what our text for a scalar says is what is read from it.
#include "yaml/edit.hpp"
#include "yaml/quote.hpp"
#include "yaml/scalar.hpp"
#include "yaml/spans.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void edit(const std::string& text) {
  try {
    yaml::Document document(text);
    require(document.text() == text);
  } catch (const yaml::ParseError&) {
  } catch (const yaml::EditError&) {
  }
}

void type(const std::string& text) {
  (void)yaml::resolve(text, true);
  (void)yaml::resolve_key(text, true);
  if (yaml::is_safe_plain(text)) {
    const yaml::Resolved read = yaml::resolve(text, true);
    require(read.type == yaml::Resolved::Type::text && read.text == text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  edit(text);
  type(text);
  return 0;
}

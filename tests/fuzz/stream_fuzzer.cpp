// libFuzzer: any bytes as a stream of manifests. Its documents are tiles of it: side by side,
// nothing lost and nothing twice.
#include "fuzz/require.hpp"
#include "postrender/stream.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view stream(reinterpret_cast<const char*>(data), size);
  const char* at = stream.data();
  std::size_t line = 1;
  for (const postrender::Document& document : postrender::split(stream)) {
    require(document.bytes.data() == at, "documents lie side by side");
    require(!document.bytes.empty(), "no document is empty");
    require(document.line == line, "a document begins in the line that it names");
    const std::string_view content = postrender::content(document);
    require(document.bytes.ends_with(content), "the content is the end of its document");
    at += document.bytes.size();
    line +=
        static_cast<std::size_t>(std::count(document.bytes.begin(), document.bytes.end(), '\n'));
  }
  require(at == stream.data() + stream.size(), "the documents are the whole stream");
  return 0;
}

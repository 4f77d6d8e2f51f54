#include "postrender/stream.hpp"

#include "base/strings.hpp"

#include <cstring>

namespace postrender {
namespace {

bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// "---" or "..." at the beginning of a line, alone or before a blank.
bool is_mark(std::string_view rest, char letter) {
  return rest.size() >= 3 && rest[0] == letter && rest[1] == letter && rest[2] == letter &&
         (rest.size() == 3 || blank(rest[3]));
}

std::string_view without_comment(std::string_view text) {
  text = base::trim(text);
  if (text.starts_with('#')) {
    return {};
  }
  const std::size_t comment = text.find(" #");
  return comment == std::string_view::npos ? text : base::trim(text.substr(0, comment));
}

// The plain or quoted scalar after a key; empty when it is anything else.
std::string_view scalar(std::string_view text) {
  text = without_comment(text);
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front()) {
    text = text.substr(1, text.size() - 2);
  }
  return text.find_first_of("{}[]&*|>!%@`\"'\\") == std::string_view::npos ? text
                                                                           : std::string_view();
}

// Reads the lines of one document as they go by.
class Sniffer {
 public:
  explicit Sniffer(Document& document) : m_document(document) {}

  void reset() {
    m_in_metadata = false;
    m_in_labels = false;
    m_depth = 0;
  }

  void line(std::string_view line) {
    const char first = line.front();
    if (first == ' ') {
      if (m_in_metadata) {
        inner(line);
      }
      m_document.has_content = m_document.has_content || !without_comment(line).empty();
      return;
    }
    if (first == '#' || first == '%' || blank(first)) {
      return;
    }
    m_document.has_content = true;
    m_in_metadata = false;
    if (line.starts_with("kind:")) {
      m_document.kind = scalar(line.substr(5));
    } else if (line.starts_with("metadata:")) {
      m_in_metadata = without_comment(line.substr(9)).empty();
      m_depth = 0;
    }
  }

 private:
  // The first key below `metadata` sets the depth of its keys.
  void inner(std::string_view line) {
    const std::size_t spaces = line.find_first_not_of(' ');
    if (spaces == std::string_view::npos || line[spaces] == '#' || blank(line[spaces])) {
      return;
    }
    m_depth = m_depth == 0 ? spaces : m_depth;
    const std::string_view word = line.substr(spaces);
    if (spaces == m_depth) {
      m_in_labels = word.starts_with("labels:");
      if (word.starts_with("name:")) {
        m_document.name = scalar(word.substr(5));
      }
    } else if (m_in_labels) {
      constexpr std::string_view k_instance = "app.kubernetes.io/instance:";
      if (word.starts_with(k_instance)) {
        m_document.instance = scalar(word.substr(k_instance.size()));
      }
    }
  }

  Document& m_document;
  bool m_in_metadata = false;
  bool m_in_labels = false;
  std::size_t m_depth = 0;
};

}  // namespace

std::vector<Document> split(std::string_view stream) {
  std::vector<Document> documents;
  Document current;
  Sniffer sniffer(current);
  std::size_t begin = 0;
  const auto close = [&](std::size_t end, std::size_t next_line) {
    if (end > begin) {
      current.bytes = stream.substr(begin, end - begin);
      documents.push_back(current);
    }
    current = {};
    current.line = next_line;
    sniffer.reset();
    begin = end;
  };
  const std::size_t first = stream.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::size_t at = first;
  for (std::size_t number = 1; at < stream.size(); ++number) {
    const void* found = std::memchr(stream.data() + at, '\n', stream.size() - at);
    const std::size_t next =
        found == nullptr
            ? stream.size()
            : static_cast<std::size_t>(static_cast<const char*>(found) - stream.data()) + 1;
    const std::string_view line = stream.substr(at, next - at);
    if (is_mark(line, '-')) {
      if (at > first) {
        close(at, number);
      }
      current.has_content = !without_comment(line.substr(3)).empty();  // "--- {a: b}"
    } else if (is_mark(line, '.')) {
      close(next, number + 1);
    } else {
      sniffer.line(line);
    }
    at = next;
  }
  close(stream.size(), 0);
  return documents;
}

std::string_view content(const Document& document) {
  std::string_view text = document.bytes;
  if (is_mark(text, '-') && without_comment(text.substr(3, text.find('\n') - 3)).empty()) {
    const std::size_t end = text.find('\n');
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return text;
}

}  // namespace postrender

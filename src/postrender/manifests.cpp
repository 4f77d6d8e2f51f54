#include "postrender/manifests.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "upgrade/references.hpp"
#include "values/json.hpp"
#include "values/yaml_reader.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <set>
#include <string>
#include <utility>

namespace postrender {
namespace {

constexpr const char* k_nothing_printed = "Nothing was printed.";
// Reading is slow; a larger document at the end is taken as it is.
constexpr std::size_t k_last_limit = std::size_t{4} << 20U;

[[noreturn]] void refuse(const Document& document, std::string_view what) {
  throw base::Failure(
      fmt::format("the document that begins in line {} of the manifests {}", document.line, what),
      k_nothing_printed);
}

// The objects in a document. What the reader complains about may be a Secret: its words are not
// repeated.
std::vector<values::Value> read(const Document& document) {
  try {
    return values::read_documents(content(document));
  } catch (const base::InternalError&) {
    throw;
  } catch (const base::Failure&) {
    refuse(document, "is not YAML, or only half of it arrived");
  }
}

void require_object(const Document& document) {
  for (const values::Value& value : read(document)) {
    const values::Value* kind = value.find("kind");
    if (kind == nullptr || !kind->is_text()) {
      refuse(document, "is no Kubernetes object: it has no kind");
    }
  }
}

bool is_list(std::string_view kind) {
  return kind.ends_with("List");
}

bool mentions_camunda(const Document& document) {
  constexpr std::string_view k_word = "camunda";
  return ::memmem(document.bytes.data(), document.bytes.size(), k_word.data(), k_word.size()) !=
         nullptr;
}

void forget_checksums(values::Value& value) {
  for (auto& [key, inner] : value.entries()) {
    if (key == "annotations" && inner.is_map()) {
      std::vector<std::string> checksums;
      for (const auto& [name, sum] : inner.entries()) {
        if (name.starts_with("checksum/")) {
          checksums.push_back(name);
        }
      }
      for (const std::string& name : checksums) {
        inner.erase(name);
      }
    } else {
      forget_checksums(inner);
    }
  }
}

std::vector<values::Value> comparable(const Document& document) {
  std::vector<values::Value> values = read(document);
  for (values::Value& value : values) {
    const values::Value* kind = value.find("kind");
    if (kind != nullptr && kind->is_text() && kind->as_text() == "Secret") {
      value.erase("data");
      value.erase("stringData");
    }
    forget_checksums(value);
  }
  return values;
}

class Collector {
 public:
  explicit Collector(const std::vector<Document>& documents)
      : m_documents(documents), m_taken(documents.size(), false) {}

  upgrade::Objects collect() {
    take_all([](const Document& document) { return mentions_camunda(document); });
    const upgrade::Object* brokers = upgrade::brokers_of(m_objects);
    if (brokers == nullptr) {
      return std::move(m_objects);
    }
    const std::string release = brokers->label("app.kubernetes.io/instance");
    take_all(
        [&](const Document& document) { return !release.empty() && document.instance == release; });
    std::set<std::string> needed;
    for (const upgrade::Reference& reference : upgrade::references_of(m_objects)) {
      needed.insert(reference.name);
    }
    take_all([&](const Document& document) {
      // Operators make Secrets of other names than their own.
      const bool holder = document.kind == "Secret" || document.kind == "ConfigMap";
      const bool makes = document.kind == "ExternalSecret" || document.kind == "SealedSecret" ||
                         document.kind == "Certificate";
      return makes || (holder && needed.contains(std::string(document.name)));
    });
    return std::move(m_objects);
  }

 private:
  template <typename Wanted>
  void take_all(const Wanted& wanted) {
    for (std::size_t i = 0; i < m_documents.size(); ++i) {
      const Document& document = m_documents[i];
      if (!m_taken[i] && document.has_content && wanted(document)) {
        m_taken[i] = true;
        take(document);
      }
    }
  }

  void take(const Document& document) {
    if (!document.kind.empty() && !is_list(document.kind)) {
      m_objects.emplace_back(std::string(content(document)));
      return;
    }
    for (const values::Value& value : read(document)) {
      const values::Value* items = value.find("items");
      if (items == nullptr || !items->is_list()) {
        m_objects.emplace_back(std::string(content(document)));
        continue;
      }
      for (const values::Value& item : items->items()) {
        m_objects.emplace_back(values::to_json(item));  // which is YAML, too
      }
    }
  }

  const std::vector<Document>& m_documents;
  std::vector<bool> m_taken;
  upgrade::Objects m_objects;
};

}  // namespace

void require_manifests(std::string_view stream, const std::vector<Document>& documents) {
  const auto with_content = [](const Document& document) { return document.has_content; };
  if (std::none_of(documents.begin(), documents.end(), with_content)) {
    throw base::Failure(
        "there are no manifests on standard input",
        "Helm would delete every object of the release. Did the program before this one fail?");
  }
  if (std::memchr(stream.data(), '\0', stream.size()) != nullptr) {
    const auto found =
        std::find_if(documents.begin(), documents.end(), [](const Document& document) {
          return base::contains(document.bytes, {"\0", 1});
        });
    refuse(*found, "holds a NUL byte: these are no manifests");
  }
  const auto last = std::find_if(documents.rbegin(), documents.rend(), with_content);
  for (const Document& document : documents) {
    const bool named = !document.kind.empty() && !document.name.empty();
    const bool is_last = &document == &*last && document.bytes.size() <= k_last_limit;
    if (document.has_content && (is_last || !(named || is_list(document.kind)))) {
      require_object(document);
    }
  }
}

bool same_manifests(std::string_view a, std::string_view b) {
  if (a == b) {
    return true;
  }
  const auto full = [](std::string_view stream) {
    std::vector<Document> documents = split(stream);
    std::erase_if(documents, [](const Document& document) { return !document.has_content; });
    return documents;
  };
  const std::vector<Document> left = full(a);
  const std::vector<Document> right = full(b);
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const Document& one, const Document& other) {
                      return content(one) == content(other) ||
                             (one.kind == other.kind && one.name == other.name &&
                              comparable(one) == comparable(other));
                    });
}

upgrade::Objects camunda_objects(const std::vector<Document>& documents) {
  return Collector(documents).collect();
}

}  // namespace postrender

#include "helm/words.hpp"

#include "base/failure.hpp"

#include <fmt/format.h>

namespace helm {
namespace {

class WordReader {
 public:
  WordReader(const std::vector<std::string>& words, const Lookup& lookup,
             const std::function<void(const std::string&)>& unknown)
      : m_words(words), m_lookup(lookup), m_unknown(unknown) {}

  std::vector<Group> read() {
    while (m_next < m_words.size()) {
      const std::string& word = m_words[m_next++];
      if (word == "--") {
        while (m_next < m_words.size()) {
          m_groups.push_back({{m_words[m_next++]}, {}});
        }
      } else if (word.size() < 2 || word.front() != '-') {
        m_groups.push_back({{word}, {}});
      } else if (word.starts_with("--")) {
        read_long(word);
      } else {
        read_cluster(word);
      }
    }
    return std::move(m_groups);
  }

 private:
  void read_long(const std::string& word) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    if (name.empty() || name.front() == '-') {
      throw base::Failure(fmt::format("{} is no flag: a name must follow the two dashes", word));
    }
    const Flag* flag = m_lookup.by_name(name);
    if (flag == nullptr) {
      unknown("--" + name);
    }
    Group group{{word}, {}};
    Occurrence occurrence{flag, true, {}, {word}};
    if (equals != std::string::npos) {
      occurrence.value = word.substr(equals + 1);
    } else if (flag->takes == Takes::value) {
      occurrence.value = take_next("--" + name);
      group.words.push_back(occurrence.value);
      occurrence.words.push_back(occurrence.value);
    } else {
      occurrence.has_value = false;
    }
    group.flags.push_back(std::move(occurrence));
    m_groups.push_back(std::move(group));
  }

  void read_cluster(const std::string& word) {
    Group group{{word}, {}};
    std::string_view rest = std::string_view(word).substr(1);
    while (!rest.empty()) {
      const char shorthand = rest.front();
      const std::string written{'-', shorthand};
      const Flag* flag = m_lookup.by_shorthand(shorthand);
      if (flag == nullptr) {
        unknown(written);
      }
      Occurrence occurrence{flag, true, {}, {}};
      rest.remove_prefix(1);
      // pflag takes "=" for a separator only if something follows it: "-f=" is the value "=".
      if (rest.size() > 1 && rest.front() == '=') {
        occurrence.value = std::string(rest.substr(1));
        occurrence.words = {written + std::string(rest)};
        rest = {};
      } else if (flag->takes != Takes::value) {
        occurrence.has_value = false;
        occurrence.words = {written};
      } else if (!rest.empty()) {
        occurrence.value = std::string(rest);
        occurrence.words = {written + std::string(rest)};
        rest = {};
      } else {
        occurrence.value = take_next(written);
        occurrence.words = {written, occurrence.value};
        group.words.push_back(occurrence.value);
      }
      group.flags.push_back(std::move(occurrence));
    }
    m_groups.push_back(std::move(group));
  }

  std::string take_next(const std::string& flag) {
    if (m_next == m_words.size()) {
      throw base::Failure(fmt::format("{} needs a value, but it is the last word", flag));
    }
    return m_words[m_next++];
  }

  [[noreturn]] void unknown(const std::string& flag) const {
    m_unknown(flag);
    throw base::InternalError("an unknown flag was accepted");
  }

  const std::vector<std::string>& m_words;
  const Lookup& m_lookup;
  const std::function<void(const std::string&)>& m_unknown;
  std::size_t m_next = 0;
  std::vector<Group> m_groups;
};

}  // namespace

std::vector<Group> read_words(const std::vector<std::string>& words, const Lookup& lookup,
                              const std::function<void(const std::string&)>& unknown) {
  return WordReader(words, lookup, unknown).read();
}

}  // namespace helm

#include "cli/release_words.hpp"

#include "base/failure.hpp"
#include "helm/environment.hpp"
#include "helm/flag_value.hpp"
#include "helm/flags.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace cli {

ReleaseWords::ReleaseWords(std::string command) : m_command(std::move(command)) {
  m_parser.set_help_flag();
  m_parser.add_flag("-h,--help", m_help);
  m_parser.add_option("RELEASE", release);
  m_parser.add_option("--color,--colour", color)->check(CLI::IsMember({"never", "auto", "always"}));
  std::set<std::string_view> seen = {"color", "colour"};
  for (const helm::Flag& flag : helm::flag_table()) {
    const bool connects =
        flag.group == helm::FlagGroup::stripped || flag.group == helm::FlagGroup::global;
    if (!connects || flag.environment.empty() || !seen.insert(flag.name).second) {
      continue;
    }
    std::string names = fmt::format("--{}", flag.name);
    if (flag.shorthand != 0) {
      names += fmt::format(",-{}", flag.shorthand);
    }
    const std::string variable(flag.environment);
    if (flag.takes == helm::Takes::nothing) {
      m_parser.add_flag_callback(names,
                                 [this, variable] { m_connection.emplace_back(variable, "true"); });
    } else {
      m_parser.add_option_function<std::string>(names, [this, variable](const std::string& value) {
        m_connection.emplace_back(variable, value);
      });
    }
  }
}

bool ReleaseWords::parse(const Words& words) {
  try {
    Words reversed(words.rbegin(), words.rend());
    m_parser.parse(reversed);
  } catch (const CLI::ParseError& error) {
    if (m_help || std::find(words.begin(), words.end(), "--help") != words.end()) {
      return false;
    }
    throw base::Failure(error.what(), fmt::format("See helm c8upgrade {} --help.", m_command));
  }
  if (m_help) {
    return false;
  }
  if (release.empty()) {
    throw base::Failure("the name of the release is missing",
                        fmt::format("helm c8upgrade {} RELEASE", m_command));
  }
  helm::adopt_connection(m_connection);
  return true;
}

std::chrono::seconds duration(const std::string& flag, const std::string& text) {
  const auto time = helm::parse_go_duration(text);
  if (!time || time->count() < 0) {
    throw base::Failure(fmt::format("{} {}: that is no time", flag, text),
                        fmt::format("For example: {} 10m", flag));
  }
  return *time;
}

}  // namespace cli

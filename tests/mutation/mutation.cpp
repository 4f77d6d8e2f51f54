// Changes one rule of the catalogue and runs the tests of translation; when none fails, the change
// survived: nothing would notice a wrong rule. Each change is tried in a process of its own.
//   mutation_tests --all | --count N [--seed N] [--show]
#include "rules/catalogue.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <functional>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace rules {

const Catalogue& original_catalogue();

namespace {

struct Parts {
  std::vector<Rule> rules;
  std::vector<MatchNode> nodes;
  std::vector<EnvRule> env_rules;
  Catalogue whole;
};

Parts& parts() {
  static Parts k_parts = [] {
    const Catalogue& original = original_catalogue();
    return Parts{{original.rules.begin(), original.rules.end()},
                 {original.match_nodes.begin(), original.match_nodes.end()},
                 {original.env_rules.begin(), original.env_rules.end()},
                 original};
  }();
  k_parts.whole.rules = k_parts.rules;
  k_parts.whole.match_nodes = k_parts.nodes;
  k_parts.whole.env_rules = k_parts.env_rules;
  return k_parts;
}

}  // namespace

const Catalogue& catalogue_8_7_to_8_8() {
  return parts().whole;
}

}  // namespace rules

namespace {

// What no values can show: a gap that no rule has, and pins that only act where their condition
// holds anyway, since the user's own word is never overwritten.
constexpr std::array k_equivalent = {"no-rule", "identity-on", "optimize-on", "provider-on"};
// Told only when --mode or --under was given, which have tests of their own.
constexpr std::array k_asked_for = {"compat-layer-unused", "umbrella-block"};
// Findings of a run, of files and of manifests, not of translated values: they have tests of their
// own.
constexpr std::array k_other_areas = {"checks", "files", "guard"};

bool any_of(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct Mutation {
  std::string name;
  std::function<void()> apply;
  std::string tests;  // those that see it most likely: tried first
  std::string rows;   // and the names of the rows in them
};

constexpr const char* k_all_tests = "-EveryVariable.HasARow";

const rules::Rule* first_of(const std::vector<rules::Rule>& rules, std::string_view id) {
  return &*std::find_if(rules.begin(), rules.end(),
                        [id](const rules::Rule& rule) { return rule.id == id; });
}

// A rule is taken away, does something else, says it as a note only, or holds under any condition.
void of_rules(std::vector<Mutation>& out) {
  auto& rules = rules::parts().rules;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    rules::Rule& rule = rules[i];
    const std::string where =
        fmt::format("{} ({})", rule.id, rule.match.empty() ? rule.target : rule.match);
    const auto add = [&](const char* what, std::function<void()> apply) {
      out.push_back({fmt::format("{}: {}", where, what), std::move(apply),
                     rule.match.empty() ? "Deployments.*" : "EveryKey.*",
                     std::string(rule.match.substr(0, rule.match.find('*')))});
    };
    if (!rule.match.empty()) {
      add("taken away", [i] {
        for (auto& node : rules::parts().nodes) {
          node.rule = node.rule == static_cast<int>(i) ? -1 : node.rule;
        }
      });
    }
    switch (rule.verb) {
      case rules::Verb::move:
      case rules::Verb::respell:
        add("another target", [&rule] { rule.target = "global.mutation"; });
        break;
      case rules::Verb::pin:
        add("taken away", [&rule] { rule.verb = rules::Verb::finding; });
        add("another value", [&rule] { rule.value = "\"mutation\""; });
        if (!rule.when.empty() && !any_of(k_equivalent, rule.id)) {
          add("without its condition", [&rule] { rule.when = ""; });
        }
        break;
      case rules::Verb::check:
        add("taken away", [&rule] { rule.verb = rules::Verb::finding; });
        add("without its condition", [&rule] { rule.when = ""; });
        // Of several rows of one rule the first says how bad it is.
        if (rule.severity != text::Severity::note && &rule == first_of(rules, rule.id)) {
          add("a note only", [&rule] { rule.severity = text::Severity::note; });
        }
        break;
      case rules::Verb::finding:
        // A note may only be the reason of a pin or a fate.
        if (rule.severity != text::Severity::note && !any_of(k_other_areas, rule.area) &&
            !any_of(k_equivalent, rule.id) && !any_of(k_asked_for, rule.id)) {
          add("a note only", [&rule] { rule.severity = text::Severity::note; });
        }
        break;
      case rules::Verb::drop:
      case rules::Verb::keep:
        if (rule.tell) {
          add("not told", [&rule] { rule.tell = false; });
        }
        break;
      case rules::Verb::through:
        break;
    }
  }
}

void of_variables(std::vector<Mutation>& out) {
  auto& rows = rules::parts().env_rules;
  for (rules::EnvRule& row : rows) {
    const auto add = [&](const char* what, std::function<void()> apply) {
      out.push_back({fmt::format("env.tsv {} ({}): {}", row.name, row.where, what),
                     std::move(apply), "EveryVariable.GoesWhereItsRowSays",
                     std::string(row.name.substr(0, row.name.find('*')))});
    };
    add("taken away", [&row] { row.where = "nowhere"; });
    add("another action", [&row] {
      row.action =
          row.action == rules::EnvAction::keep ? rules::EnvAction::tell : rules::EnvAction::keep;
    });
  }
}

// True when all of these tests pass with the change.
bool pass(const Mutation& mutation, const std::string& tests, const std::string& rows) {
  const pid_t child = fork();
  if (child == 0) {
    const int nothing = open("/dev/null", O_WRONLY);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    if (!rows.empty()) {
      setenv("C8UPGRADE_ROWS", rows.c_str(), 1);
    }
    GTEST_FLAG_SET(filter, tests);
    if (mutation.apply) {
      mutation.apply();
    }
    _exit(RUN_ALL_TESTS() == 0 ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool survives(const Mutation& mutation) {
  return pass(mutation, mutation.tests, mutation.rows) && pass(mutation, k_all_tests, "");
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 20;
  unsigned seed = std::random_device()() % 100000;
  bool all = false;
  bool show = false;
  std::vector<char*> rest{argv[0]};
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--all") {
      all = true;
    } else if (word == "--show") {
      show = true;
    } else if (word == "--count" && i + 1 < argc) {
      count = static_cast<std::size_t>(std::atoi(argv[++i]));
    } else if (word == "--seed" && i + 1 < argc) {
      seed = static_cast<unsigned>(std::atoi(argv[++i]));
    } else {
      rest.push_back(argv[i]);
    }
  }
  int words = static_cast<int>(rest.size());
  testing::InitGoogleTest(&words, rest.data());
  GTEST_FLAG_SET(fail_fast, true);

  std::vector<Mutation> mutations;
  of_rules(mutations);
  of_variables(mutations);
  if (!all) {
    std::mt19937 random(seed);
    std::shuffle(mutations.begin(), mutations.end(), random);
    mutations.resize(std::min(count, mutations.size()));
    fmt::print("seed {}\n", seed);
  }
  if (!pass({}, k_all_tests, "")) {
    fmt::print("the tests fail without a change\n");
    return 1;
  }
  std::size_t survivors = 0;
  for (const Mutation& mutation : mutations) {
    const bool lives = survives(mutation);
    survivors += lives ? 1 : 0;
    if (lives || show) {
      fmt::print("{}  {}\n", lives ? "survives" : "seen    ", mutation.name);
      std::fflush(stdout);
    }
  }
  fmt::print("{} changes of the catalogue, {} seen by no test\n", mutations.size(), survivors);
  return survivors == 0 ? 0 : 1;
}

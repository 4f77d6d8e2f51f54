#include "helm/command_line.hpp"

#include "base/failure.hpp"

#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace helm {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

using Words = std::vector<std::string>;

CommandLine parse(const Words& words, int major = 3, Verb verb = Verb::upgrade) {
  return parse_command_line(verb, words, [major] { return major; });
}

// Message and next step of the failure, in one text.
std::string refusal(const Words& words, int major = 3, Verb verb = Verb::upgrade) {
  try {
    parse(words, major, verb);
  } catch (const base::Failure& failure) {
    return std::string(failure.what()) + " | " + failure.next();
  }
  return "accepted";
}

Words files(const CommandLine& line) {
  Words texts;
  for (const ValueWord& word : line.values) {
    EXPECT_EQ(word.kind, ValueKind::file);
    texts.push_back(word.text);
  }
  return texts;
}

TEST(CommandLine, TakesReleaseAndChartFromAnywhere) {
  EXPECT_THAT(parse({"camunda", "--install", "repo/chart"}).positionals,
              ElementsAre("camunda", "repo/chart"));
  EXPECT_THAT(parse({"--timeout", "5m", "camunda", "repo/chart"}).positionals,
              ElementsAre("camunda", "repo/chart"));
  EXPECT_THAT(parse({"--install", "--", "camunda", "--odd"}).positionals,
              ElementsAre("camunda", "--odd"));
}

TEST(CommandLine, EveryFormOfAValuesFlagIsOneFile) {
  for (const Words& form : std::vector<Words>{{"-f", "v.yaml"},
                                              {"-fv.yaml"},
                                              {"-f=v.yaml"},
                                              {"--values", "v.yaml"},
                                              {"--values=v.yaml"}}) {
    Words words{"r", "c"};
    words.insert(words.begin() + 1, form.begin(), form.end());
    const auto line = parse(words);
    EXPECT_THAT(files(line), ElementsAre("v.yaml")) << form.front();
    EXPECT_THAT(line.positionals, ElementsAre("r", "c")) << form.front();
    EXPECT_THAT(line.passed, IsEmpty()) << form.front();
  }
}

TEST(CommandLine, ValuesFlagIsACsvRecord) {
  EXPECT_THAT(files(parse({"r", "c", "-f", "a.yaml,b.yaml", "-f", "\"c,d.yaml\",e"})),
              ElementsAre("a.yaml", "b.yaml", "c,d.yaml", "e"));
  EXPECT_THAT(files(parse({"r", "c", "-f", ""})), IsEmpty());
  EXPECT_THAT(files(parse({"r", "c", "-f", "-"})), ElementsAre("-"));
  EXPECT_THAT(refusal({"r", "c", "-f", "a\"b"}), HasSubstr("--values=a\"b cannot be"));
}

TEST(CommandLine, ValuesFlagTakesTheNextWordWhateverItIs) {
  const auto line = parse({"r", "c", "-f", "--install"});
  EXPECT_THAT(files(line), ElementsAre("--install"));
  EXPECT_FALSE(line.install);
}

TEST(CommandLine, KeepsTheOrderOfValueWordsAndTheirKinds) {
  const auto line = parse({"r", "c", "--set", "a=1,b=2", "--set-string=c=3", "--set-json", "d={}",
                           "--set-file", "e=x", "--set-literal", "f=g,h", "-f", "v"});
  std::vector<std::pair<ValueKind, std::string>> words;
  for (const auto& word : line.values) {
    words.emplace_back(word.kind, word.text);
  }
  EXPECT_THAT(words,
              ElementsAre(Pair(ValueKind::set, "a=1,b=2"), Pair(ValueKind::set_string, "c=3"),
                          Pair(ValueKind::set_json, "d={}"), Pair(ValueKind::set_file, "e=x"),
                          Pair(ValueKind::set_literal, "f=g,h"), Pair(ValueKind::file, "v")));
}

TEST(CommandLine, PassesOtherFlagsAsWrittenAndInOrder) {
  const auto line = parse({"--wait", "r", "--timeout=5m", "-l", "a=b", "c", "--history-max", "3",
                           "-f", "v", "--quiet", "--post-renderer", "./x"});
  EXPECT_THAT(line.passed, ElementsAre("--wait", "--timeout=5m", "-l", "a=b", "--history-max", "3",
                                       "--post-renderer", "./x"));
  EXPECT_EQ(line.post_renderer, "./x");
  EXPECT_EQ(line.timeout, std::chrono::minutes(5));
  EXPECT_TRUE(line.own.quiet);
  EXPECT_TRUE(line.wait);
}

TEST(CommandLine, ClustersAreKeptWholeUnlessAPartIsOurs) {
  auto line = parse({"r", "c", "-in", "prod"});
  EXPECT_THAT(line.passed, ElementsAre("-in", "prod"));
  EXPECT_TRUE(line.install);
  EXPECT_THAT(line.connection, ElementsAre(Pair("HELM_NAMESPACE", "prod")));

  line = parse({"r", "c", "-if", "v.yaml"});
  EXPECT_THAT(line.passed, ElementsAre("-i"));
  EXPECT_THAT(files(line), ElementsAre("v.yaml"));
}

TEST(CommandLine, AnEqualsSignAloneIsTheValueOfAShorthand) {
  EXPECT_THAT(files(parse({"r", "c", "-f="})), ElementsAre("="));
}

TEST(CommandLine, SwitchesTakeAValueOnlyWithAnEqualsSign) {
  EXPECT_FALSE(parse({"r", "c", "--install=false"}).install);
  EXPECT_TRUE(parse({"r", "c", "--install=T"}).install);
  EXPECT_FALSE(parse({"r", "c", "-i=0"}).install);
  EXPECT_THAT(refusal({"r", "c", "--install=yes"}), HasSubstr("must be true or false"));
  EXPECT_THAT(refusal({"r", "c", "--install", "false"}),
              HasSubstr("'false' is taken for the name of a release or chart"));
}

TEST(CommandLine, DryRunInAllItsForms) {
  EXPECT_EQ(parse({"r", "c"}).dry_run, DryRun::none);
  EXPECT_EQ(parse({"r", "c", "--dry-run"}).dry_run, DryRun::client);
  EXPECT_EQ(parse({"r", "c", "--dry-run=client"}).dry_run, DryRun::client);
  EXPECT_EQ(parse({"r", "c", "--dry-run=true"}).dry_run, DryRun::client);
  EXPECT_EQ(parse({"r", "c", "--dry-run=server"}).dry_run, DryRun::server);
  EXPECT_EQ(parse({"r", "c", "--dry-run=none"}).dry_run, DryRun::none);
  EXPECT_EQ(parse({"r", "c", "--dry-run", "--dry-run=false"}).dry_run, DryRun::none);
  EXPECT_THAT(refusal({"r", "c", "--dry-run", "server"}), HasSubstr("Write --dry-run=server."));
  EXPECT_THAT(refusal({"r", "c", "--dry-run=maybe"}), HasSubstr("one of none, client, server"));
}

TEST(CommandLine, WaitDiffersBetweenTheHelms) {
  EXPECT_TRUE(parse({"r", "c", "--wait"}, 4).wait);
  EXPECT_TRUE(parse({"r", "c", "--wait=legacy"}, 4).wait);
  EXPECT_FALSE(parse({"r", "c", "--wait=hookOnly"}, 4).wait);
  EXPECT_FALSE(parse({"r", "c", "--wait=false"}, 3).wait);
  EXPECT_TRUE(parse({"r", "c", "--wait=1"}, 3).wait);
  EXPECT_THAT(refusal({"r", "c", "--wait=1"}, 4), HasSubstr("--wait=1 cannot be"));
  EXPECT_THAT(refusal({"r", "c", "--wait=watcher"}, 3), HasSubstr("--wait=watcher cannot be"));
}

TEST(CommandLine, OldAndNewNamesOfAFlagMeanTheSame) {
  EXPECT_TRUE(parse({"r", "c", "--atomic"}, 4).atomic);
  EXPECT_TRUE(parse({"r", "c", "--rollback-on-failure"}, 4).atomic);
  EXPECT_TRUE(parse({"r", "c", "--force"}, 3).force);
  EXPECT_TRUE(parse({"r", "c", "--force-replace"}, 4).force);
}

TEST(CommandLine, AFlagThatThisHelmLacksIsRefusedWithItsCounterpart) {
  EXPECT_EQ(refusal({"r", "c", "--rollback-on-failure"}, 3),
            "--rollback-on-failure is a flag of Helm 4, and this is Helm 3 | Write --atomic.");
  EXPECT_THAT(refusal({"r", "c", "--server-side=true"}, 3), HasSubstr("is a flag of Helm 4"));
}

TEST(CommandLine, ColorGoesOnToHelm4Only) {
  for (const char* flag : {"--color", "--colour"}) {
    const auto three = parse({"r", "c", flag, "never"}, 3);
    EXPECT_THAT(three.passed, IsEmpty());
    EXPECT_EQ(three.own.color, "never");
    const auto four = parse({"r", "c", flag, "never"}, 4);
    EXPECT_THAT(four.passed, ElementsAre(flag, "never"));
    EXPECT_EQ(four.own.color, "never");
  }
  EXPECT_THAT(refusal({"r", "c", "--color", "blue"}), HasSubstr("one of never, auto and always"));
}

TEST(CommandLine, AsksForTheVersionOnlyWhenAWordDependsOnIt) {
  int asked = 0;
  const auto count = [&asked] {
    ++asked;
    return 4;
  };
  parse_command_line(Verb::upgrade, {"r", "c", "-i", "--wait", "--dry-run=server", "-f", "v"},
                     count);
  EXPECT_EQ(asked, 0);
  parse_command_line(Verb::upgrade, {"r", "c", "--server-side=auto", "--color=never"}, count);
  EXPECT_EQ(asked, 1);
}

TEST(CommandLine, ReuseFlagsNeverReachHelm) {
  const auto line =
      parse({"r", "c", "--reuse-values", "--reset-values=false", "--reset-then-reuse-values"});
  EXPECT_TRUE(line.reuse_values);
  EXPECT_FALSE(line.reset_values);
  EXPECT_TRUE(line.reset_then_reuse_values);
  EXPECT_THAT(line.passed, IsEmpty());
}

TEST(CommandLine, ChartWordsArePassedAndKeptForOtherCalls) {
  const auto line =
      parse({"r", "c", "--version=13.12.7", "--repo", "https://charts.example", "--devel", "-i"});
  EXPECT_THAT(line.chart_words,
              ElementsAre("--version=13.12.7", "--repo", "https://charts.example", "--devel"));
  EXPECT_THAT(line.passed, ElementsAre("--version=13.12.7", "--repo", "https://charts.example",
                                       "--devel", "-i"));
  EXPECT_EQ(line.chart_version, "13.12.7");
}

TEST(CommandLine, WordsOfConnectionBecomeEnvironment) {
  const auto line =
      parse({"r", "c", "-nprod", "--kube-context=east", "--kube-as-group", "a", "--kube-as-group",
             "b", "--kube-insecure-skip-tls-verify", "--debug", "--qps", "50"});
  EXPECT_THAT(line.connection,
              ElementsAre(Pair("HELM_NAMESPACE", "prod"), Pair("HELM_KUBECONTEXT", "east"),
                          Pair("HELM_KUBEASGROUPS", "a,b"),
                          Pair("HELM_KUBEINSECURE_SKIP_TLS_VERIFY", "true"),
                          Pair("HELM_DEBUG", "true"), Pair("HELM_QPS", "50")));
}

TEST(CommandLine, OwnFlags) {
  const auto own = parse({"r", "c", "--report", "r.json", "--accept=a", "--accept", "b",
                          "--context-path", "/x", "--migration=off", "--identity-migration", "on",
                          "--identity-migration-client-id=m", "--identity-migration-secret", "s:k",
                          "--identity-migration-claim=a=b", "--secrets=copy", "--no-server-check"})
                       .own;
  EXPECT_EQ(own.report, "r.json");
  EXPECT_THAT(own.accept, ElementsAre("a", "b"));
  EXPECT_EQ(own.context_path, "/x");
  EXPECT_EQ(own.migration, OnOffAuto::off);
  EXPECT_EQ(own.identity_migration, OnOffAuto::on);
  EXPECT_EQ(own.identity_migration_client_id, "m");
  EXPECT_EQ(own.identity_migration_secret, "s:k");
  EXPECT_EQ(own.identity_migration_claim, "a=b");
  EXPECT_EQ(own.secrets, SecretsMode::copy);
  EXPECT_FALSE(own.server_check);
  EXPECT_TRUE(parse({"r", "c", "--no-server-check=false"}).own.server_check);
  EXPECT_THAT(refusal({"r", "c", "--migration", "yes"}), HasSubstr("one of on, off and auto"));
  EXPECT_THAT(refusal({"r", "c", "--report="}), HasSubstr("--report needs a value"));
}

TEST(CommandLine, UnknownFlagsNameTheNearest) {
  EXPECT_THAT(refusal({"r", "c", "--acept=x"}), HasSubstr("Did you mean --accept?"));
  EXPECT_THAT(refusal({"r", "c", "--reuse-value"}), HasSubstr("Did you mean --reuse-values?"));
  EXPECT_THAT(refusal({"r", "c", "--Install"}), HasSubstr("Did you mean --install?"));
  EXPECT_EQ(refusal({"r", "c", "--qqqqqqqqqqqqq=hunter2"}),
            "--qqqqqqqqqqqqq is a flag neither of helm upgrade nor of c8upgrade | `helm c8upgrade "
            "--help` lists the flags.");
  EXPECT_THAT(refusal({"r", "c", "-z"}), HasSubstr("-z is a flag neither of"));
}

TEST(CommandLine, AFlagOfTheOtherCommandIsNamedAsSuch) {
  EXPECT_THAT(refusal({"r", "c", "--show-only", "x"}),
              HasSubstr("--show-only is a flag of helm template, not of helm upgrade"));
  EXPECT_THAT(refusal({"r", "c", "--install"}, 3, Verb::template_),
              HasSubstr("--install is a flag of helm upgrade, not of helm template"));
  EXPECT_THAT(refusal({"r", "c", "-i"}, 3, Verb::template_),
              HasSubstr("is a flag of helm upgrade"));
}

TEST(CommandLine, ServerSideIsAValueInUpgradeAndASwitchInTemplate) {
  EXPECT_THAT(parse({"r", "c", "--server-side", "auto"}, 4).passed,
              ElementsAre("--server-side", "auto"));
  EXPECT_THAT(parse({"--server-side", "r", "c"}, 4, Verb::template_).positionals,
              ElementsAre("r", "c"));
}

TEST(CommandLine, ValuesKnowsTheFlagsOfBothCommandsAndNeedsNoNames) {
  const auto line = parse({"--install", "--show-only", "x", "-f", "v"}, 3, Verb::values);
  EXPECT_THAT(line.passed, ElementsAre("--install", "--show-only", "x"));
  EXPECT_THAT(line.positionals, IsEmpty());
}

TEST(CommandLine, MissingValuesAndBadSyntax) {
  EXPECT_THAT(refusal({"r", "c", "--timeout"}), HasSubstr("--timeout needs a value"));
  EXPECT_THAT(refusal({"r", "c", "-if"}), HasSubstr("-f needs a value"));
  EXPECT_THAT(refusal({"r", "c", "---x"}), HasSubstr("---x is no flag"));
  EXPECT_THAT(refusal({"r", "c", "--=x"}), HasSubstr("--=x is no flag"));
  EXPECT_THAT(refusal({"r", "c", "--timeout", "soon"}), HasSubstr("a duration such as 10m"));
  EXPECT_THAT(refusal({"r", "c", "--history-max=many"}), HasSubstr("a whole number"));
  EXPECT_THAT(refusal({"r", "c", "-o", "xml"}), HasSubstr("one of table, json and yaml"));
}

TEST(CommandLine, MissingAndSurplusNames) {
  ::unsetenv("HELM_KUBEINSECURE_SKIP_TLS_VERIFY");
  EXPECT_THAT(refusal({}), HasSubstr("The names of release and chart are missing"));
  EXPECT_THAT(refusal({"camunda"}), HasSubstr("only 'camunda' was given"));
  EXPECT_THAT(refusal({"a", "b", "c"}), HasSubstr("'c' is one name too many"));
  EXPECT_EQ(refusal({"chart"}, 3, Verb::template_), "accepted");
  EXPECT_TRUE(parse({"--help"}).own.help);
  EXPECT_TRUE(parse({"-h"}).own.help);
}

TEST(CommandLine, ExplainsTheWordThatHelmsDispatcherSwallowed) {
  ::setenv("HELM_KUBEINSECURE_SKIP_TLS_VERIFY", "true", 1);
  const std::string said = refusal({"repo/chart"});
  ::unsetenv("HELM_KUBEINSECURE_SKIP_TLS_VERIFY");
  EXPECT_THAT(said, HasSubstr("Write --kube-insecure-skip-tls-verify=true."));
}

}  // namespace
}  // namespace helm

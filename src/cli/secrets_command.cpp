#include "cli/secrets_command.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "cli/help.hpp"
#include "cli/release_words.hpp"
#include "cli/secrets_extract.hpp"
#include "cli/streams.hpp"
#include "helm/client.hpp"
#include "helm/environment.hpp"
#include "upgrade/cluster.hpp"
#include "upgrade/secret_list.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

std::string shown(const upgrade::ListedSecret& one) {
  std::string text = fmt::format("Secret {} (keys {})\n", one.name, fmt::join(one.keys, ", "));
  text += one.needed_by.empty() ? "  nobody in the release refers to it\n"
                                : fmt::format("  needed by {}\n", base::enumerate(one.needed_by));
  if (!one.there) {
    text += "  it is gone\n";
  } else if (one.kept) {
    text += "  kept: Helm leaves it when the chart no longer has it\n";
  } else {
    text += "  Helm deletes it when the chart no longer has it\n";
  }
  if (one.copied) {
    text += fmt::format("  copied to {}\n", upgrade::copy_name(one.name));
  }
  return text;
}

}  // namespace

int run_secrets(const Words& words) {
  ReleaseWords given("secrets");
  bool keep = false;
  bool copy = false;
  bool dry_run = false;
  bool extract = false;
  ExtractWords files;
  given.parser().add_flag("--keep", keep);
  given.parser().add_flag("--copy", copy);
  given.parser().add_flag("--dry-run", dry_run);
  given.parser().add_flag("--extract", extract);
  given.parser().add_option("-f,--values", files.files);
  given.parser().add_flag("-i,--in-place", files.in_place);
  given.parser().add_option("-o,--output", files.output);
  given.parser().add_option("--name", files.secret);
  given.parser().add_option("--under", files.under);
  if (!given.parse(words)) {
    write_stdout(secrets_help());
    return 0;
  }
  const kube::Client client(helm::release_namespace());
  if (!client.available()) {
    throw base::Failure("there is no kubectl", "Install kubectl, or set C8UPGRADE_KUBECTL to it.");
  }
  if (extract) {
    if (keep || copy) {
      throw base::Failure("--extract is for values files, --keep and --copy are for the cluster",
                          "Run it twice.");
    }
    files.release = given.release;
    files.dry_run = dry_run;
    extract_secrets(files, client);
    return 0;
  }
  const auto release = helm::get_release(given.release);
  if (!release) {
    throw base::Failure(fmt::format("there is no release {} in this namespace", given.release),
                        "helm list --all-namespaces shows what is there.");
  }
  const upgrade::Objects manifest = upgrade::objects_of(release->manifest);
  std::vector<upgrade::Reference> wanted;
  for (const upgrade::Object& object : manifest) {
    if (object.kind() == "Secret") {
      wanted.push_back({"Secret", object.name(), "", ""});
      wanted.push_back({"Secret", upgrade::copy_name(object.name()), "", ""});
    }
  }
  const upgrade::HoldersSight sight = upgrade::look_at_holders(client, wanted);
  if (!sight.known) {
    throw base::Failure("cannot look at Secrets: " + sight.trouble,
                        "Use an account that may get Secrets in this namespace.");
  }
  const auto secrets = upgrade::list_secrets(manifest, sight.holders);
  if (!keep && !copy) {
    std::string text;
    for (const upgrade::ListedSecret& one : secrets) {
      text += shown(one);
    }
    write_stdout(text.empty() ? "the release's chart has made no Secrets\n" : text);
    return 0;
  }
  const upgrade::Changes changes = upgrade::changes_for(secrets, keep, copy);
  if (!dry_run) {
    upgrade::carry_out(client, changes, given.release);
  }
  for (const std::string& line : upgrade::lines_of(changes, !dry_run)) {
    write_stdout(line + "\n");
  }
  if (changes.empty()) {
    write_stdout("nothing to do\n");
  }
  return 0;
}

std::string secrets_help() {
  return HelpPage()
      .paragraph(
          "Lists the Secrets that the release's chart has made, which of its workloads need them,\n"
          "and whether Helm would delete them with an upgrade whose chart no longer has them, as\n"
          "8.8 no longer has those that 8.7 generated. The upgrade by this plugin keeps what it\n"
          "needs by itself; this is for upgrades by others (Argo CD, Flux, plain Helm).\n"
          "With --extract it takes passwords that stand in values files as text into a Secret,\n"
          "and has the values name that.")
      .example("what there is", "helm c8upgrade secrets camunda -n camunda")
      .example("keep them all in place", "helm c8upgrade secrets camunda -n camunda --keep")
      .example("copy them to names of their own, for values that name the copies",
               "helm c8upgrade secrets camunda -n camunda --copy")
      .example("passwords out of a values file, of 8.7 or 8.8",
               "helm c8upgrade secrets camunda -n camunda --extract -f values.yaml --in-place")
      .usage({"helm c8upgrade secrets RELEASE [flags]"})
      .flag_group("Flags", {{"--keep", "annotate what workloads need, so that Helm leaves it"},
                            {"--copy", "copy what workloads need; what is copied already stays"},
                            {"--dry-run", "say it only"}})
      .flag_group("Passwords out of values files",
                  {{"--extract", "take them into a Secret; comments in the files stay"},
                   {"-f, --values FILE", "the file; may be given several times"},
                   {"-i, --in-place", "replace the files"},
                   {"-o, --output FILE", "write to this file instead"},
                   {"--name NAME", "the Secret (default RELEASE-passwords)"},
                   {"--under NAME", "Camunda's block in the values of an umbrella chart"}})
      .paragraph("Helm's flags for the connection work as everywhere: -n, --kube-context, …")
      .exit_codes({"0  done", "1  it could not"})
      .text();
}

}  // namespace cli

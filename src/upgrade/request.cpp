#include "upgrade/request.hpp"

#include "base/failure.hpp"
#include "helm/environment.hpp"

#include <string>
#include <tuple>
#include <utility>

namespace upgrade {
namespace {

std::pair<std::string, std::string> halves(const std::string& text, char separator) {
  const std::size_t at = text.find(separator);
  return at == std::string::npos ? std::pair(text, std::string())
                                 : std::pair(text.substr(0, at), text.substr(at + 1));
}

}  // namespace

rules::Switch as_switch(helm::OnOffAuto flag) {
  switch (flag) {
    case helm::OnOffAuto::on:
      return rules::Switch::on;
    case helm::OnOffAuto::off:
      return rules::Switch::off;
    case helm::OnOffAuto::automatic:
      break;
  }
  return rules::Switch::automatic;
}

rules::Request request_of(const helm::CommandLine& line) {
  rules::Request request;
  if (!line.positionals.empty()) {
    request.release = line.positionals.front();
  }
  request.release_namespace = helm::release_namespace();
  request.mode =
      line.own.mode == helm::TranslationMode::compat ? rules::Mode::compat : rules::Mode::translate;
  request.under = line.own.under;
  request.context_path = line.own.context_path;
  request.identity_migration = as_switch(line.own.identity_migration);
  rules::MigrationClient& client = request.migration_client;
  client.client_id = line.own.identity_migration_client_id.value_or("");
  if (line.own.identity_migration_secret) {
    std::tie(client.secret_name, client.secret_key) =
        halves(*line.own.identity_migration_secret, ':');
    if (client.secret_name.empty()) {
      throw base::Failure("--identity-migration-secret names no Secret",
                          "Name an existing Secret and its key: "
                          "--identity-migration-secret my-secret:client-secret");
    }
  }
  if (line.own.identity_migration_claim) {
    std::tie(client.claim_name, client.claim_value) =
        halves(*line.own.identity_migration_claim, '=');
    if (client.claim_name.empty() || client.claim_value.empty()) {
      throw base::Failure("--identity-migration-claim wants a name and a value",
                          "For example: --identity-migration-claim client_id=migration");
    }
  }
  return request;
}

}  // namespace upgrade

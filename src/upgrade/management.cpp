#include "upgrade/management.hpp"

#include "values/json.hpp"
#include "values/lookup.hpp"

#include <fmt/format.h>

namespace upgrade {
namespace {

using kube::Client;
using std::chrono::steady_clock;
using values::plain_at;
using values::Value;

constexpr std::string_view k_disabled = "DISABLED";

void request_disabling(const Client& client, const std::string& path, const std::string& id) {
  const Client::Answer answer = client.run(
      {"create", "--raw", fmt::format("{}/exporters/{}/disable", path, id), "-f", "-"}, "{}");
  if (!answer.ok()) {
    throw base::Failure(
        fmt::format("the brokers do not disable exporter {}: {}", id, answer.trouble().message),
        "Nothing has been changed. Run it again when the brokers are well.");
  }
}

void wait_until_disabled(const Client& client, const std::string& path, const std::string& id,
                         const Patience& patience, const process::Interrupt& interrupt) {
  const auto end = steady_clock::now() + patience.timeout;
  std::string state;
  while (steady_clock::now() < end) {
    const ExportersSight sight = look_at_exporters(client, path);
    const auto found = sight.states.find(id);
    if (sight.known && (found == sight.states.end() || found->second == k_disabled)) {
      return;
    }
    state = sight.known ? found->second : sight.trouble;
    if (!interrupt.sleep(patience.interval)) {
      throw base::Failure("stopped while the brokers were disabling exporter " + id,
                          "Run it again: it goes on from there.");
    }
  }
  throw base::Failure(fmt::format("exporter {} is not disabled yet: {}", id, state),
                      "Nothing else has been changed. Run it again: it goes on from there.");
}

}  // namespace

std::optional<std::string> management_path(const Objects& manifest,
                                           const std::string& release_namespace) {
  const Object* brokers = brokers_of(manifest);
  const Value* pod = brokers == nullptr ? nullptr : pod_spec(*brokers);
  const Value* containers = pod == nullptr ? nullptr : pod->find("containers");
  const Value* service = brokers == nullptr ? nullptr : brokers->find("spec.serviceName");
  if (containers == nullptr || service == nullptr) {
    return std::nullopt;
  }
  for (const Value& container : containers->items()) {
    const std::string probe = plain_at(container, "readinessProbe.httpGet.path");
    const std::size_t health = probe.find("/health");
    if (health == std::string::npos) {
      continue;
    }
    const bool tls = plain_at(container, "readinessProbe.httpGet.scheme") == "HTTPS";
    const std::string port = plain_at(container, "readinessProbe.httpGet.port");
    return fmt::format("/api/v1/namespaces/{}/services/{}{}:{}/proxy{}", release_namespace,
                       tls ? "https:" : "", service->plain(), port.empty() ? "9600" : port,
                       probe.substr(0, health));
  }
  return std::nullopt;
}

ExportersSight exporters_of(const std::string& json) {
  ExportersSight sight;
  Value answer;
  try {
    answer = values::from_json(json);
  } catch (const base::Failure&) {
    sight.trouble = "the brokers' answer is no JSON";
    return sight;
  }
  if (!answer.is_list()) {
    sight.trouble = "the brokers' answer is no list of exporters";
    return sight;
  }
  sight.known = true;
  for (const Value& one : answer.items()) {
    sight.states[plain_at(one, "exporterId")] = plain_at(one, "status");
  }
  return sight;
}

ExportersSight look_at_exporters(const Client& client, const std::string& management_path) {
  const Client::Answer answer = client.run({"get", "--raw", management_path + "/exporters"});
  if (!answer.ok()) {
    ExportersSight sight;
    sight.trouble = answer.trouble().message;
    return sight;
  }
  return exporters_of(answer.out);
}

void disable_exporters(const Client& client, const std::string& management_path,
                       const std::vector<std::string>& ids, const Patience& patience) {
  if (ids.empty()) {
    return;
  }
  const ExportersSight sight = look_at_exporters(client, management_path);
  if (!sight.known) {
    throw base::Failure("the brokers cannot be asked for their exporters: " + sight.trouble,
                        "Nothing has been changed. Run it again when the brokers are well.");
  }
  const process::Interrupt interrupt;
  for (const std::string& id : ids) {
    const auto found = sight.states.find(id);
    if (found == sight.states.end() || found->second == k_disabled) {
      continue;
    }
    request_disabling(client, management_path, id);
    wait_until_disabled(client, management_path, id, patience, interrupt);
  }
}

}  // namespace upgrade

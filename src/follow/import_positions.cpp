#include "follow/import_positions.hpp"

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "process/together.hpp"
#include "upgrade/brokers.hpp"
#include "values/json.hpp"
#include "values/lookup.hpp"

#include <array>
#include <fmt/format.h>
#include <utility>

namespace follow {
namespace {

using kube::Client;
using values::items_at;
using values::plain_at;
using values::Value;

// A prefix of the user's may stand before these names, and a version behind them.
constexpr std::array<std::string_view, 2> k_applications = {"operate", "tasklist"};

std::string path_of(std::string_view application, std::string_view query) {
  return fmt::format("/*{}-import-position-*/_search?size=0&track_total_hits=true{}", application,
                     query);
}

std::string password_of(const Client& client, const Value& variable) {
  const std::string name = plain_at(variable, "valueFrom.secretKeyRef.name");
  if (name.empty()) {
    return plain_at(variable, "value");
  }
  const auto secret = client.get("secret", name);
  const std::string key = plain_at(variable, "valueFrom.secretKeyRef.key");
  const Value* data = secret ? secret->find("data") : nullptr;
  const Value* held = data == nullptr ? nullptr : data->find(key);
  return held == nullptr ? std::string() : base::decode_base64(held->plain()).value_or("");
}

struct Count {
  std::optional<long> total;
  std::optional<long> pending;
  std::string trouble;
};

std::optional<long> asked(const kube::Site& site, const std::string& path, std::string& trouble) {
  const Client::Answer answer = site.get(path);
  const std::optional<long> hits = answer.ok() ? hits_of(answer.out) : std::nullopt;
  if (!hits) {
    trouble = answer.ok() ? "the answer is not that of a search" : answer.trouble().message;
  }
  return hits;
}

}  // namespace

kube::Login search_login(const Client& client, const upgrade::Objects& manifest) {
  kube::Login login;
  const Value config = upgrade::broker_config(manifest);
  const upgrade::Object* brokers = upgrade::brokers_of(manifest);
  const Value* pods = brokers == nullptr ? nullptr : pod_spec(*brokers);
  if (pods == nullptr) {
    return login;
  }
  for (const auto& [kind, variable_name] :
       {std::pair{"elasticsearch", "VALUES_ELASTICSEARCH_PASSWORD"},
        std::pair{"opensearch", "VALUES_OPENSEARCH_PASSWORD"}}) {
    for (const Value& container : items_at(*pods, "containers")) {
      for (const Value& variable : items_at(container, "env")) {
        if (plain_at(variable, "name") == variable_name) {
          login.user = plain_at(
              config, values::Path("camunda.data.secondary-storage").key(kind).key("username"));
          login.password = password_of(client, variable);
          return login;
        }
      }
    }
  }
  return login;
}

std::optional<long> hits_of(const std::string& json) {
  try {
    const Value answer = values::from_json(json);
    const Value* total = values::find(answer, "hits.total.value");
    return total == nullptr || !total->is_number()
               ? std::nullopt
               : std::optional(static_cast<long>(total->as_number()));
  } catch (const base::Failure&) {
    return std::nullopt;
  }
}

Item ImportPositions::look() const {
  std::array<Count, k_applications.size()> counts;
  std::vector<std::function<void()>> calls;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    calls.push_back([&, i] {
      counts[i].total = asked(m_site, path_of(k_applications[i], ""), counts[i].trouble);
    });
    calls.push_back([&, i] {
      counts[i].pending =
          asked(m_site, path_of(k_applications[i], "&q=completed:false"), counts[i].trouble);
    });
  }
  process::together(calls);
  Item item{"Import positions", Phase::done, {}};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Count& count = counts[i];
    item.detail += item.detail.empty() ? "" : ", ";
    if (!count.total || !count.pending) {
      item.detail = "not known: " + count.trouble;
      return {item.title, Phase::done, item.detail};
    }
    item.detail += fmt::format("{} {} of {} completed", k_applications[i],
                               *count.total - *count.pending, *count.total);
    item.phase = *count.pending > 0 ? Phase::waiting : item.phase;
  }
  return item;
}

}  // namespace follow

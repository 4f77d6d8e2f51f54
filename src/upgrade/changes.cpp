#include "upgrade/changes.hpp"

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "base/strings.hpp"
#include "values/json.hpp"

#include <cerrno>
#include <fmt/format.h>
#include <string_view>
#include <sys/random.h>

namespace upgrade {
namespace {

using kube::Client;
using values::Value;

constexpr std::size_t k_secret_length = 32;

Value labels(const std::string& release) {
  Value map = Value::map();
  map["app.kubernetes.io/managed-by"] = Value::text("c8upgrade");
  map["app.kubernetes.io/instance"] = Value::text(release);
  return map;
}

Value secret(const std::string& name, const std::string& type, const std::string& release) {
  Value object = Value::map();
  object["apiVersion"] = Value::text("v1");
  object["kind"] = Value::text("Secret");
  object["metadata"]["name"] = Value::text(name);
  object["metadata"]["labels"] = labels(release);
  object["type"] = Value::text(type.empty() ? "Opaque" : type);
  return object;
}

std::string needs(const Rescue& rescue) {
  return rescue.key.empty() ? fmt::format("{} needs it", rescue.needed_by)
                            : fmt::format("{} needs key {}", rescue.needed_by, rescue.key);
}

void keep(const Client& client, const std::vector<Rescue>& rescues) {
  if (rescues.empty()) {
    return;
  }
  std::vector<std::string> words = {"annotate", "--overwrite", "secret"};
  std::string names;
  for (const Rescue& rescue : rescues) {
    words.push_back(rescue.name);
    names += " " + rescue.name;
  }
  words.emplace_back("helm.sh/resource-policy=keep");
  const Client::Answer answer = client.run(words);
  if (!answer.ok()) {
    throw base::Failure(
        fmt::format("cannot annotate Secret{}: {}", names, answer.trouble().message),
        fmt::format("Have somebody run: kubectl annotate secret{} helm.sh/resource-policy=keep. "
                    "Then run this again, or with --secrets leave.",
                    names));
  }
}

// Made with create, never with apply: apply would write the value into an annotation, and create
// never overwrites.
void create(const Client& client, const Value& object, const std::string& name,
            const std::string& without) {
  const Client::Answer answer =
      client.run({"create", "--validate=ignore", "-f", "-", "-o", "name"}, values::to_json(object));
  if (!answer.ok() && !base::contains(answer.err, "(AlreadyExists)")) {
    throw base::Failure(fmt::format("cannot make Secret {}: {}", name, answer.trouble().message),
                        without);
  }
}

void copy(const Client& client, const Rescue& rescue, const std::string& release) {
  const auto original = client.get("secret", rescue.name);
  if (!original) {
    throw base::Failure(fmt::format("Secret {} is gone", rescue.name), "Run it again.");
  }
  const Value* type = original->find("type");
  Value object = secret(copy_name(rescue.name), type == nullptr ? "" : type->as_text(), release);
  if (const Value* data = original->find("data")) {
    object["data"] = *data;
  }
  create(client, object, copy_name(rescue.name),
         "Use --secrets keep, which only annotates what is there.");
}

void remove_job(const Client& client, const std::string& job) {
  // The old Job's pods must be gone before the new one's start.
  const Client::Answer answer =
      client.run({"delete", "job", job, "--ignore-not-found", "--cascade=foreground",
                  "--timeout=100s", "--request-timeout=0"});
  if (!answer.ok()) {
    throw base::Failure(fmt::format("cannot delete Job {}: {}", job, answer.trouble().message),
                        fmt::format("Have somebody run: kubectl delete job {}", job));
  }
}

}  // namespace

std::vector<std::string> lines_of(const Changes& changes, bool done) {
  std::vector<std::string> lines;
  for (const Rescue& one : changes.keep) {
    lines.push_back(fmt::format("{} before Helm would delete it: Secret {} ({})",
                                done ? "kept" : "would be kept", one.name, needs(one)));
  }
  for (const Rescue& one : changes.copy) {
    lines.push_back(fmt::format("{}: Secret {} to {} ({})", done ? "copied" : "would be copied",
                                one.name, copy_name(one.name), needs(one)));
  }
  for (const NewSecret& one : changes.make) {
    lines.push_back(fmt::format("{}: Secret {} {}, with a random value",
                                done ? "made" : "would be made", one.name, one.purpose));
  }
  return lines;
}

void carry_out(const Client& client, const Changes& changes, const std::string& release) {
  keep(client, changes.keep);
  for (const Rescue& rescue : changes.copy) {
    copy(client, rescue, release);
  }
  for (const NewSecret& one : changes.make) {
    Value object = secret(one.name, "", release);
    for (const std::string& key : one.keys) {
      object["stringData"][key] = Value::text(random_word(k_secret_length));
    }
    create(client, object, one.name,
           "Have somebody make it. The identity migration's can be done without: "
           "--identity-migration off");
  }
  for (const std::string& job : changes.remove_jobs) {
    remove_job(client, job);
  }
}

void store_secret(const Client& client, const std::string& name,
                  const std::map<std::string, std::string>& data, const std::string& release) {
  const auto there = client.get("secret", name);
  const Value* held = there ? there->find("data") : nullptr;
  Value missing = Value::map();
  for (const auto& [key, text] : data) {
    const Value* old = held == nullptr ? nullptr : held->find(key);
    if (old == nullptr) {
      missing[key] = Value::text(base::encode_base64(text));
    } else if (base::decode_base64(old->plain()) != text) {
      throw base::Failure(
          fmt::format("Secret {} holds something else under {}", name, key),
          "Give the new one another name (--name), or remove that key if nobody needs it.");
    }
  }
  if (missing.entries().empty()) {
    return;
  }
  if (!there) {
    Value object = secret(name, "", release);
    object["data"] = std::move(missing);
    create(client, object, name, "Use an account that may make Secrets in this namespace.");
    return;
  }
  Value patch = Value::map();
  patch["data"] = std::move(missing);
  const Client::Answer answer = client.run(
      {"patch", "secret", name, "--type", "merge", "--patch-file", "/dev/stdin", "-o", "name"},
      values::to_json(patch));
  if (!answer.ok()) {
    throw base::Failure(fmt::format("cannot add to Secret {}: {}", name, answer.trouble().message),
                        "Use an account that may change it.");
  }
}

std::string random_word(std::size_t length) {
  static constexpr std::string_view k_letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string word;
  while (word.size() < length) {
    unsigned char byte = 0;
    if (getrandom(&byte, 1, 0) != 1) {
      if (errno == EINTR) {
        continue;
      }
      throw base::Failure("the kernel gives no random numbers");
    }
    // Numbers from 248 on would make the first eight letters more likely.
    if (byte < 4 * k_letters.size()) {
      word += k_letters[byte % k_letters.size()];
    }
  }
  return word;
}

}  // namespace upgrade

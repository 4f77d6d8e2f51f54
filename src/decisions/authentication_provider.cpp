#include "decisions/authentication_parts.hpp"
#include "decisions/secret_forms_parts.hpp"
#include "decisions/secret_names.hpp"
#include "rules/translation.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

namespace decisions {
namespace {

using rules::FateKind;
using rules::Translation;
using values::Path;
using values::Value;

const Path k_auth("global.identity.auth");

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

void decide_type(Translation& t) {
  const Path at = k_auth.key("type");
  const std::string type = t.text(at);
  const std::string spelled = upper(type);
  if (spelled != "KEYCLOAK" && spelled != "MICROSOFT" && spelled != "GENERIC") {
    t.tell("provider-type-unknown", {{at.text()}, {}, at, {}});
  } else if (type != spelled && spelled == "KEYCLOAK") {
    // 8.7 compared letter by letter and took "keycloak" for any other provider.
    t.put(at, written("GENERIC", t.user(at)->origin));
    t.claim(at, FateKind::converted, {at}, "provider-type");
  }
}

bool ends_and_cut(std::string& text, std::string_view end) {
  if (!text.ends_with(end)) {
    return false;
  }
  text.resize(text.size() - end.size());
  return true;
}

// Without an issuer 13.x wants the address of the login page, which 8.7 had from the issuer that
// browsers see.
void decide_login_page(Translation& t) {
  const Path at = k_auth.key("authUrl");
  const Path own("orchestration.security.authentication.oidc.authUrl");
  if (!t.text(k_auth.key("issuer")).empty() || t.result(at) != nullptr ||
      t.result(own) != nullptr ||
      t.result("orchestration.security.authentication.oidc.issuer") != nullptr) {
    return;
  }
  std::string address = t.text(k_auth.key("tokenUrl"));
  if (ends_and_cut(address, "/oauth2/v2.0/token")) {
    t.pin(at, Value::text(address + "/oauth2/v2.0/authorize"), "login-page");
  } else if (t.user(k_auth.key("publicIssuerUrl")) != nullptr) {
    t.pin(k_auth.key("issuer"), Value::text(t.text(k_auth.key("publicIssuerUrl"))), "login-page");
  } else {
    t.tell("login-page-unknown", {{at.text(), k_auth.key("issuer").text()}, {}, k_auth, {}});
  }
}

// "host:port" of a URL; empty when it has none.
std::string site(const std::string& url) {
  const std::size_t begin = url.find("://");
  return begin == std::string::npos ? std::string()
                                    : url.substr(begin + 3, url.find('/', begin + 3) - begin - 3);
}

// With an issuer the cluster of 8.8 asks it for everything else and forgets the addresses for use
// inside. A Keycloak's are known without asking, so its issuer goes where browsers find it only.
void decide_issuer(Translation& t, const Login& login) {
  const Path at = k_auth.key("issuer");
  const std::string issuer = t.text(at);
  const Path backend = k_auth.key("issuerBackendUrl");
  const bool elsewhere = !t.text(backend).empty() && t.text(backend) != issuer;
  if (issuer.empty() || t.user(at) == nullptr) {
    return;
  }
  if (login.keycloak) {
    if (elsewhere || t.text(backend).empty()) {
      const Path to = k_auth.key("publicIssuerUrl");
      Value value = *t.user(at);
      t.drop(to, "issuer-outside");  // the issuer won over it
      t.put(to, std::move(value));
      t.claim(at, FateKind::converted, {to}, "issuer-outside");
    }
    return;
  }
  std::vector<std::string> unused;
  if (elsewhere) {
    unused.push_back(backend.text());
  }
  for (const char* key : {"tokenUrl", "jwksUrl"}) {
    const std::string address = t.text(k_auth.key(key));
    if (!address.empty() && site(address) != site(issuer)) {
      unused.push_back(k_auth.key(key).text());
    }
  }
  if (!unused.empty()) {
    const Path first(unused.front());
    unused.push_back(issuer);
    t.tell("issuer-asked", {std::move(unused), {}, first, {}});
  }
}

struct Page {
  std::string base;  // without the component's path; empty: the user gave none
  bool local = false;
};

void cut_path(Translation& t, std::string& address, const std::string& component) {
  for (const std::string& reference :
       {fmt::format("{{{{ .Values.{}.contextPath }}}}", component),
        fmt::format("{{{{.Values.{}.contextPath}}}}", component),
        fmt::format("{{{{ $.Values.{}.contextPath }}}}", component)}) {
    if (ends_and_cut(address, reference)) {
      return;
    }
  }
  const std::string path = t.text(Path(component).key("contextPath"));
  // Where another file or a proxy gave the path, it is the component's name.
  if (path.empty() || !ends_and_cut(address, path)) {
    ends_and_cut(address, "/" + component);
  }
}

Page page_of(Translation& t, const std::string& component) {
  const Path at = k_auth.key(component).key("redirectUrl");
  Page out;
  const Value* mine = t.user(at);
  if (mine == nullptr || mine->plain().empty()) {
    return out;
  }
  out.base = mine->plain();
  while (ends_and_cut(out.base, "/")) {
  }
  cut_path(t, out.base, component);
  while (ends_and_cut(out.base, "/")) {
  }
  out.local = out.base.find("://localhost") != std::string::npos;
  return out;
}

std::string ingress_address(const Translation& t) {
  const std::string host = t.text("global.ingress.host");
  if (!t.on("global.ingress.enabled") || host.empty()) {
    return {};
  }
  return (t.on("global.ingress.tls.enabled") ? "https://" : "http://") + host;
}

std::string new_path(const Translation& t) {
  const Value* path = t.result("orchestration.contextPath");
  std::string out = path == nullptr ? std::string() : path->plain();
  while (ends_and_cut(out, "/")) {
  }
  return out.empty() || out.starts_with('/') ? out : "/" + out;
}

}  // namespace

void decide_provider(Translation& t, const Login& login) {
  if (!login.oidc) {
    return;
  }
  decide_type(t);
  decide_issuer(t, login);
  if (!login.keycloak) {
    decide_login_page(t);
  }
}

std::string decide_redirect(Translation& t, const Login& login) {
  const Path to("orchestration.security.authentication.oidc.redirectUrl");
  const Path operate = k_auth.key("operate").key("redirectUrl");
  const Path tasklist = k_auth.key("tasklist").key("redirectUrl");
  if (!login.oidc || !login.orchestration) {
    t.drop(operate, "redirect-address");
    t.drop(tasklist, "redirect-address");
    return {};
  }
  if (const Value* own = t.result(to)) {
    t.drop(operate, "overruled");
    t.drop(tasklist, "overruled");
    return own->plain();
  }
  const Page first = page_of(t, "operate");
  const Page second = page_of(t, "tasklist");
  std::string base = "http://localhost:8080";
  values::Origin origin;
  for (const auto& [page, at] : {std::pair{first, operate}, std::pair{second, tasklist}}) {
    if (!page.base.empty() && !page.local) {
      base = page.base;
      origin = t.user(at)->origin;
      break;
    }
  }
  // Ports that people forward to themselves: one Service, one port.
  if (origin.source < 0 && (first.local || second.local)) {
    const Path& at = first.local ? operate : tasklist;
    origin = t.user(at)->origin;
    t.tell("login-at-one-port",
           {{operate.text(), tasklist.text(), to.text()},
            fmt::format("people who log in through a forwarded port do so at {} now, for Operate "
                        "and Tasklist alike",
                        base + new_path(t)),
            at,
            {}});
  }
  if (origin.source < 0 && first.base.empty() && second.base.empty()) {
    const std::string address = ingress_address(t);
    base = address.empty() ? base : address;
  }
  if (!first.base.empty() && !second.base.empty() && first.base != second.base && !first.local &&
      !second.local) {
    t.tell(
        "two-addresses",
        {{tasklist.text(), second.base},
         fmt::format("Operate was at {} and Tasklist at {}; in 8.8 people log in at one address, "
                     "and that is the first",
                     first.base, second.base),
         tasklist,
         {}});
  }
  const std::string address = base + new_path(t);
  t.claim(operate, FateKind::converted, {to}, "redirect-address");
  t.claim(tasklist, FateKind::converted, {to}, "redirect-address");
  if (origin.source >= 0) {
    t.put(to, written(address, origin));
  } else if (address != "http://localhost:8080") {
    t.pin(to, Value::text(address), "redirect-address");
  }
  return address;
}

}  // namespace decisions

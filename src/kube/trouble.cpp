#include "kube/trouble.hpp"

#include "base/strings.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <vector>

namespace kube {
namespace {

bool holds_any(std::string_view text, std::span<const std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return base::contains(text, part); });
}

// klog lines ("E1124 15:54:46.406115   28613 memcache.go:265] …") repeat what the last line says.
bool is_log_line(std::string_view line) {
  return line.size() > 6 && (line[0] == 'E' || line[0] == 'W' || line[0] == 'I') &&
         std::all_of(line.begin() + 1, line.begin() + 5,
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::string first_message(std::string_view err) {
  std::size_t more = 0;
  std::string message;
  for (std::string_view line : base::split_lines(err)) {
    line = base::trim(line);
    if (line.empty() || is_log_line(line) || line.starts_with("Warning:")) {
      continue;
    }
    if (message.empty()) {
      message = without_objects(line.starts_with("error: ") ? line.substr(7) : line);
    } else {
      ++more;
    }
  }
  if (more > 0) {
    message += " (and " + std::to_string(more) + " more)";
  }
  return message;
}

constexpr std::array k_unreachable = {std::string_view("Unable to connect to the server"),
                                      std::string_view("was refused - did you specify"),
                                      std::string_view("connection refused"),
                                      std::string_view("no such host"),
                                      std::string_view("i/o timeout"),
                                      std::string_view("context deadline exceeded"),
                                      std::string_view("TLS handshake timeout"),
                                      std::string_view("connection reset by peer"),
                                      std::string_view("no route to host"),
                                      std::string_view("network is unreachable"),
                                      std::string_view("x509:"),
                                      std::string_view("(ServiceUnavailable)"),
                                      std::string_view("getting credentials:")};

constexpr std::array k_unknown_user = {std::string_view("must be logged in to the server"),
                                       std::string_view("(Unauthorized)"),
                                       std::string_view("asked for the client to provide")};

constexpr std::array k_refused = {std::string_view("(Invalid)"),
                                  std::string_view(" is invalid:"),
                                  std::string_view("(BadRequest)"),
                                  std::string_view("denied the request"),
                                  std::string_view("(Forbidden)"),
                                  std::string_view("(Conflict)"),
                                  std::string_view("failed to create typed patch object")};

}  // namespace

bool lacks_rights(std::string_view line) {
  return base::contains(line, "is forbidden: User ") && base::contains(line, " cannot ");
}

std::string without_objects(std::string_view message) {
  constexpr std::size_t k_longest = 400;
  std::string kept;
  int depth = 0;
  for (const char c : message) {
    if (c == '{') {
      if (depth++ == 0) {
        kept += "…";
      }
    } else if (c == '}' && depth > 0) {
      --depth;
    } else if (depth == 0) {
      kept += c;
    }
  }
  if (kept.size() > k_longest) {
    std::size_t end = k_longest;
    while (end > 0 && (static_cast<unsigned char>(kept[end]) & 0xC0U) == 0x80U) {
      --end;  // never inside a character
    }
    kept = kept.substr(0, end) + "…";
  }
  return kept;
}

Trouble classify(int exit_code, bool timed_out, std::string_view err) {
  if (timed_out) {
    return {Trouble::Kind::unreachable, "kubectl got no answer in time"};
  }
  Trouble trouble{Trouble::Kind::other, first_message(err)};
  if (exit_code == 127 || exit_code == 126) {
    trouble.kind = Trouble::Kind::missing;
    trouble.message = "kubectl cannot be run";
  } else if (holds_any(err, k_unreachable)) {
    trouble.kind = Trouble::Kind::unreachable;
  } else if (lacks_rights(err) || holds_any(err, k_unknown_user)) {
    trouble.kind = Trouble::Kind::forbidden;
  } else if (holds_any(err, k_refused)) {
    trouble.kind = Trouble::Kind::refused;
  }
  if (trouble.message.empty()) {
    trouble.message = "kubectl ended with exit code " + std::to_string(exit_code);
  }
  return trouble;
}

}  // namespace kube

#include "cli/plan_view.hpp"

#include "base/strings.hpp"
#include "base/utf8.hpp"
#include "text/colour.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using text::Colour;
using text::coloured;
using upgrade::ChangeKind;
using upgrade::ObjectChange;
using upgrade::Preview;

constexpr std::size_t k_width = 100;

std::string highlights_text(const Preview& preview, bool colour) {
  std::size_t column = 0;
  for (const upgrade::Highlight& one : preview.highlights) {
    column = std::max(column, one.title.size() + 4);
  }
  std::string out;
  for (const upgrade::Highlight& one : preview.highlights) {
    std::string head =
        coloured(fmt::format("  {:<{}}", one.title, column - 2), Colour::bold, colour);
    for (const std::string& line : one.lines) {
      out += head + wrapped(line, column, k_width) + "\n";
      head = std::string(column, ' ');
    }
  }
  return out.empty() ? out : out + "\n";
}

Colour colour_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::made:
      return Colour::green;
    case ChangeKind::deleted:
    case ChangeKind::replaced:
      return Colour::red;
    case ChangeKind::changed:
      return Colour::yellow;
    default:
      return Colour::plain;
  }
}

std::string objects_text(const Preview& preview, bool colour) {
  std::string out;
  for (const ChangeKind kind : {ChangeKind::made, ChangeKind::changed, ChangeKind::replaced,
                                ChangeKind::deleted, ChangeKind::kept}) {
    for (const ObjectChange& one : preview.changes) {
      if (one.kind == kind) {
        const std::string& where = one.object().in_namespace();
        out += fmt::format("  {} {}{}{}\n",
                           coloured(fmt::format("{:<10}", name(kind)), colour_of(kind), colour),
                           one.object().title(),
                           where.empty() || where == preview.prepared.release_namespace
                               ? ""
                               : fmt::format(" in namespace {}", where),
                           one.restarts ? ", its pods restart" : "");
      }
    }
  }
  return out.empty() ? out : out + "\n";
}

bool shows_in_diff(const ObjectChange& change) {
  return change.kind == ChangeKind::made || change.kind == ChangeKind::changed ||
         change.kind == ChangeKind::replaced;
}

std::string diffs_text(const Preview& preview, bool colour) {
  std::string out;
  for (const ObjectChange& one : preview.changes) {
    if (shows_in_diff(one)) {
      out += diff_of(one, colour);
    }
  }
  return out.empty() ? out
                     : "Labels of chart and version change on every object and are left out, and "
                       "so is what is deleted.\n\n" +
                           out;
}

std::string server_text(const upgrade::Prepared& prepared) {
  if (prepared.accepted_objects == 0 || prepared.refused_objects > 0) {
    return {};
  }
  return fmt::format("  the API server accepts all {} objects\n\n", prepared.accepted_objects);
}

std::string outcome(const Preview& preview) {
  return preview.stopped()           ? "stopped"
         : preview.something_to_do() ? "something to do"
                                     : "nothing to do";
}

Json to_json(const upgrade::Requests& requests) {
  return {{"cpu", requests.cpu}, {"memory", requests.memory}, {"claims", requests.storage}};
}

Json objects_json(const Preview& preview, bool diff) {
  Json objects = Json::array();
  for (const ObjectChange& one : preview.changes) {
    Json object = {{"kind", one.object().kind()},
                   {"name", one.object().name()},
                   {"change", name(one.kind)},
                   {"restarts", one.restarts}};
    if (!one.object().in_namespace().empty()) {
      object["namespace"] = one.object().in_namespace();
    }
    if (diff && shows_in_diff(one)) {
      object["diff"] = diff_of(one, false);
    }
    objects.push_back(std::move(object));
  }
  return objects;
}

}  // namespace

std::string plan_text(const Preview& preview, const PlanLook& look) {
  const upgrade::Prepared& prepared = preview.prepared;
  std::string out = coloured(prepared.headline, Colour::bold, look.colour) + "\n\n  " +
                    wrapped(report::summary(prepared.report), 2, k_width) + "\n\n";
  if (!prepared.after.empty() && !preview.something_to_do()) {
    return out + look.findings + "  nothing to do\n";
  }
  out += highlights_text(preview, look.colour);
  out += look.findings;
  out += server_text(prepared);
  out += objects_text(preview, look.colour);
  if (look.diff) {
    out += diffs_text(preview, look.colour);
  }
  return out;
}

std::string plan_json(const Preview& preview, bool diff) {
  const upgrade::Prepared& prepared = preview.prepared;
  Json report = Json::parse(report::to_json(prepared.report));
  Json document = {{"tool", report["tool"]},
                   {"from", report["from"]},
                   {"to", report["to"]},
                   {"headline", prepared.headline},
                   {"outcome", outcome(preview)}};
  document["highlights"] = Json::object();
  for (const upgrade::Highlight& one : preview.highlights) {
    document["highlights"][one.title] = one.lines;
  }
  document["objects"] = objects_json(preview, diff);
  document["images"] = upgrade::images_of(prepared.after);
  document["requests"] = {{"before", to_json(upgrade::requests_of(prepared.before))},
                          {"after", to_json(upgrade::requests_of(prepared.after))}};
  document["server"] = {{"accepted", prepared.accepted_objects},
                        {"refused", prepared.refused_objects}};
  for (const char* key : {"fates", "pins", "findings"}) {
    document[key] = std::move(report[key]);
  }
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string wrapped(std::string_view line, std::size_t indent, std::size_t width) {
  std::string out;
  std::size_t column = indent;
  bool first = true;
  for (const std::string_view word : base::split(line, ' ')) {
    const std::size_t size = base::display_width(word);
    if (!first && column + 1 + size >= width) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (!first) {
      out += ' ';
      ++column;
    }
    out += word;
    column += size;
    first = false;
  }
  return out;
}

}  // namespace cli

#include "cli/console.hpp"

#include "cli/streams.hpp"
#include "helm/client.hpp"
#include "text/colour.hpp"
#include "text/render.hpp"

#include <unistd.h>

namespace cli {

Console::Console(const helm::OwnFlags& flags)
    : m_quiet(flags.quiet),
      m_colour(text::wants_colour(text::parse_colour_choice(flags.color.value_or("auto"))
                                      .value_or(text::ColourChoice::automatic),
                                  STDERR_FILENO)) {
  if (flags.report) {
    m_report.emplace(*flags.report);
  }
  helm::set_progress([this](std::string_view step) { progress(step); });
}

Console::~Console() {
  helm::set_progress({});
}

void Console::progress(std::string_view step) {
  if (m_quiet || ::isatty(STDERR_FILENO) == 0) {
    return;
  }
  if (!m_progress) {
    m_progress.emplace();
  }
  m_progress->begin(step);
}

void Console::say(std::string_view line) {
  clear_progress();
  if (!m_quiet) {
    write_stderr(std::string(line) + "\n");
  }
}

void Console::sources(const std::vector<helm::Source>& sources) {
  for (const helm::Source& source : sources) {
    if (source.bytes != nullptr) {
      m_sources.insert_or_assign(source.name, text::Source(source.name, *source.bytes));
    }
  }
}

void Console::show(const text::Sink& findings) {
  clear_progress();
  write_stderr(text_of(findings, m_colour));
}

std::string Console::text_of(const text::Sink& findings, bool colour) const {
  std::string text;
  const text::Look look{.colour = colour, .indent = 2};
  // Errors come last: nobody should have to scroll up to see what stops the run.
  for (const text::Severity severity : {text::Severity::warning, text::Severity::error}) {
    for (const text::Diagnostic& finding : findings) {
      if (finding.severity == severity) {
        const auto found = m_sources.find(finding.location.file);
        const text::Source* source = found == m_sources.end() ? nullptr : &found->second;
        text += text::render(finding, source, look) + "\n";
      }
    }
  }
  return text;
}

void Console::report(const report::Report& report) {
  clear_progress();
  if (m_report) {
    m_report->write(report::to_json(report));
  }
}

void Console::clear_progress() {
  if (m_progress) {
    m_progress->clear();
  }
}

}  // namespace cli

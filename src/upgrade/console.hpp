// What the main job tells a person while it works. The steps know what to say and when; how it
// looks (colour, carets, a terminal's progress line, the report's file) is cli's. Everything goes
// to stderr: stdout belongs to Helm.
#pragma once

#include "helm/sources.hpp"
#include "report/report.hpp"
#include "text/diagnostic.hpp"

#include <string_view>
#include <vector>

namespace upgrade {

class Console {
 public:
  virtual ~Console() = default;

  // A step has begun that may take a while ("reading release camunda"). On a terminal it shows
  // after a second and goes away by itself with the next call of anything here.
  virtual void progress(std::string_view step) = 0;

  // A line of the run, printed as it is; "" is an empty line. Not printed with --quiet.
  virtual void say(std::string_view line) = 0;

  // The value sources that locations of later findings point into, for the line and its caret.
  virtual void sources(const std::vector<helm::Source>&) = 0;

  // Findings, each with its location and caret, indented by two, an empty line after each. Notes
  // are left out (they are for the report); with --quiet only warnings and errors show anyway.
  virtual void show(const text::Sink&) = 0;

  // The report as it stands. Called once, before anything changes and before Helm is handed the
  // run, also when findings are about to stop it. Writes what --report asks for; throws
  // base::Failure when that cannot be written, and then nothing has been changed.
  virtual void report(const report::Report&) = 0;
};

}  // namespace upgrade

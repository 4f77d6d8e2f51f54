#include "cli/watch_view.hpp"

#include "base/utf8.hpp"
#include "cli/streams.hpp"
#include "text/colour.hpp"
#include "text/render.hpp"

#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/ioctl.h>
#include <unistd.h>

namespace cli {
namespace {

using follow::End;
using follow::Item;
using follow::Look;
using follow::Phase;
using std::chrono::seconds;
using text::Colour;
using text::coloured;

std::string_view last_word(End end) {
  switch (end) {
    case End::complete:
      return "everything is ready";
    case End::failed:
      return "it has failed";
    case End::timed_out:
      return "the time is up; what runs goes on";
    case End::interrupted:
      break;
  }
  return "stopped watching; what runs goes on";
}

std::string_view word(End end) {
  return end == End::complete    ? "complete"
         : end == End::failed    ? "failed"
         : end == End::timed_out ? "timed-out"
                                 : "interrupted";
}

Colour colour_of(Phase phase) {
  return phase == Phase::done     ? Colour::green
         : phase == Phase::failed ? Colour::red
                                  : Colour::plain;
}

// A line for everything that changes.
class LineView : public WatchView {
 public:
  explicit LineView(bool colour) : m_colour(colour) {}

  void look(const Look& look) override {
    m_elapsed = look.elapsed;
    for (const Item& item : look.state.items) {
      std::string& known = m_known[item.title];
      if (known != item.detail) {
        known = item.detail;
        line(fmt::format("{}: {}", item.title, item.detail), colour_of(item.phase));
      }
    }
  }
  void trouble(const text::Diagnostic& one) override {
    write_stdout(text::render(one, nullptr, {.colour = m_colour, .indent = 6}));
  }
  void say(std::string_view sentence) override { line(sentence, Colour::plain); }
  void end(End end, const std::string& next) override {
    line(last_word(end), end == End::complete ? Colour::green : Colour::plain);
    if (!next.empty()) {
      write_stdout(next + "\n");
    }
  }

 private:
  void line(std::string_view text, Colour tint) {
    write_stdout(fmt::format("{:>5} {}\n", clock(m_elapsed), coloured(text, tint, m_colour)));
  }

  bool m_colour;
  seconds m_elapsed{0};
  std::map<std::string, std::string> m_known;
};

// A block that is drawn again in its place; troubles and sentences stand above it and stay.
class LiveView : public WatchView {
 public:
  explicit LiveView(bool colour) : m_colour(colour) {}

  void look(const Look& look) override {
    std::vector<std::string> lines;
    std::size_t width = 0;
    for (const Item& item : look.state.items) {
      width = std::max(width, item.title.size());
    }
    for (const Item& item : look.state.items) {
      std::string text = fmt::format("  {:<{}}  {}", item.title, width, item.detail);
      if (const auto log = look.logs.find(item.title); log != look.logs.end()) {
        text += " | " + log->second;
      }
      lines.push_back(coloured(fitting(text), colour_of(item.phase), m_colour));
    }
    const auto done = std::count_if(look.state.items.begin(), look.state.items.end(),
                                    [](const Item& item) { return item.phase == Phase::done; });
    lines.push_back(fitting(
        fmt::format("  {} of {} ready, {}", done, look.state.items.size(), clock(look.elapsed))));
    m_block = std::move(lines);
    draw();
  }
  void trouble(const text::Diagnostic& one) override {
    above(text::render(one, nullptr, {.colour = m_colour, .indent = 2}));
  }
  void say(std::string_view sentence) override { above(fmt::format("  {}\n", sentence)); }
  void end(End end, const std::string& next) override {
    write_stdout(fmt::format("\n{}\n{}{}", last_word(end), next, next.empty() ? "" : "\n"));
  }

 private:
  static winsize terminal() {
    winsize size = {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
      size.ws_col = 80;
      size.ws_row = 24;
    }
    return size;
  }

  // A line that wraps could not be drawn over.
  static std::string fitting(std::string line) {
    const std::size_t width = terminal().ws_col - 1U;
    while (base::display_width(line) > width ||
           base::find_invalid_utf8(line) != std::string::npos) {
      line.pop_back();
    }
    return line;
  }

  void erase() {
    if (m_drawn > 0) {
      write_stdout(fmt::format("\x1b[{}A\x1b[J", m_drawn));
    }
    m_drawn = 0;
  }

  void draw() {
    erase();
    // What does not fit on the screen could not be erased: the end is what matters.
    const std::size_t room = std::max<std::size_t>(terminal().ws_row, 3) - 1;
    const std::size_t first = m_block.size() > room ? m_block.size() - room : 0;
    std::string text;
    for (std::size_t i = first; i < m_block.size(); ++i) {
      text += m_block[i] + "\n";
    }
    write_stdout(text);
    m_drawn = m_block.size() - first;
  }

  void above(const std::string& text) {
    erase();
    write_stdout(text);
    draw();
  }

  bool m_colour;
  std::vector<std::string> m_block;
  std::size_t m_drawn = 0;
};

// One object a line.
class JsonView : public WatchView {
 public:
  void look(const Look& look) override {
    for (const Item& item : look.state.items) {
      Item& known = m_known[item.title];
      if (!(known == item)) {
        known = item;
        write({{"event", "progress"},
               {"object", item.title},
               {"phase", follow::name(item.phase)},
               {"detail", item.detail}});
      }
    }
  }
  void trouble(const text::Diagnostic& one) override {
    write({{"event", "trouble"},
           {"rule", one.rule},
           {"subjects", one.subjects},
           {"message", one.message},
           {"next", one.next}});
  }
  void say(std::string_view sentence) override {
    write({{"event", "note"}, {"message", sentence}});
  }
  void end(End end, const std::string& next) override {
    write({{"event", word(end)}, {"next", next}});
  }

 private:
  static void write(nlohmann::ordered_json event) {
    const std::time_t now = std::time(nullptr);
    std::tm utc = {};
    ::gmtime_r(&now, &utc);
    char text[32];
    const std::size_t size = std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
    event["time"] = std::string(text, size);
    write_stdout(event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  }

  std::map<std::string, Item> m_known;
};

}  // namespace

std::unique_ptr<WatchView> watch_view(WatchFormat format, bool colour) {
  switch (format) {
    case WatchFormat::json:
      return std::make_unique<JsonView>();
    case WatchFormat::live:
      return std::make_unique<LiveView>(colour);
    case WatchFormat::lines:
      break;
  }
  return std::make_unique<LineView>(colour);
}

std::string clock(seconds time) {
  const auto count = time.count();
  return count < 3600 ? fmt::format("{}:{:02}", count / 60, count % 60)
                      : fmt::format("{}:{:02}:{:02}", count / 3600, count / 60 % 60, count % 60);
}

}  // namespace cli

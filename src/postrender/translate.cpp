#include "postrender/translate.hpp"

#include "base/failure.hpp"
#include "helm/rendering.hpp"
#include "postrender/manifests.hpp"
#include "upgrade/findings.hpp"

#include <utility>

namespace postrender {
namespace {

helm::StreamCall plain_call(const HelmWords& words) {
  return {words.task, words.plain, words.printed};
}

helm::StreamCall translated_call(const HelmWords& words,
                                 const std::vector<std::string>& value_words) {
  helm::StreamCall call{words.task, words.line.positionals, words.printed};
  call.words.insert(call.words.end(), words.line.passed.begin(), words.line.passed.end());
  call.words.insert(call.words.end(), value_words.begin(), value_words.end());
  if (words.task == helm::Task::upgrade) {
    call.words.emplace_back("--reset-values");  // no values at all would mean those of the release
  }
  if (words.task != helm::Task::template_) {
    call.words.emplace_back("--dry-run=server");  // of a repeated flag the last one counts
  }
  return call;
}

void require_same(const helm::Streamed& plain, std::string_view received) {
  if (!plain.ok) {
    throw Doubt{"Helm does not render its words again: " + plain.error};
  }
  if (!same_manifests(plain.stream, received)) {
    throw Doubt{
        "Helm's words give other manifests than those that came in; something stands between "
        "Helm and c8upgrade, or a chart makes something new each time"};
  }
}

const helm::Streamed& require_rendered(const helm::Streamed& translated) {
  if (!translated.ok) {
    throw base::Failure("Helm could not render the chart with the translated values: " +
                        translated.error);
  }
  return translated;
}

// --reset-values is for `upgrade` only, and translated_call() gives it where it belongs.
std::vector<std::string> without_reset(std::vector<std::string> words) {
  std::erase(words, "--reset-values");
  return words;
}

}  // namespace

void require_same(const HelmWords& words, std::string_view received) {
  require_same(helm::render_streams({plain_call(words)}).front(), received);
}

std::string render_with(const HelmWords& words, const std::vector<std::string>& value_words) {
  return require_rendered(helm::render_streams({translated_call(words, value_words)}).front())
      .stream;
}

Translated translate(const HelmWords& words, std::string_view received, const kube::Client& client,
                     upgrade::Console& console) {
  Translated out;
  bool sure = false;
  bool hooks_differ = false;
  const upgrade::Renderer render = [&](const std::vector<std::string>& value_words) {
    std::vector<helm::StreamCall> calls = {translated_call(words, without_reset(value_words))};
    if (!sure) {
      calls.push_back(plain_call(words));
    }
    const auto answers = helm::render_streams(calls);
    if (!sure) {
      require_same(answers[1], received);
      sure = true;
      hooks_differ = answers[0].ok && answers[0].hooks != answers[1].hooks;
    }
    out.stream = require_rendered(answers[0]).stream;
    return out.stream;
  };
  try {
    out.prepared = upgrade::prepare(words.line, client, console, render);
  } catch (const base::InternalError&) {
    throw;
  } catch (const base::Failure& failure) {
    if (sure) {
      throw;
    }
    throw Doubt{failure.what()};
  }
  out.unchanged = same_manifests(out.stream, received);
  if (hooks_differ && !out.unchanged) {
    out.prepared.report.findings.push_back(upgrade::finding("hooks-differ", {"Helm 3"}));
  }
  return out;
}

}  // namespace postrender

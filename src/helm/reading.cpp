// read_values(): what Helm makes of all sources, and where each value came from.
#include "base/failure.hpp"
#include "base/strings.hpp"
#include "helm/call.hpp"
#include "helm/probe.hpp"
#include "helm/provenance.hpp"
#include "helm/remote.hpp"
#include "helm/set_words.hpp"
#include "helm/sources.hpp"
#include "process/launch.hpp"
#include "process/memfd.hpp"
#include "text/source.hpp"
#include "values/json.hpp"
#include "values/yaml_reader.hpp"

#include <functional>
#include <optional>
#include <unistd.h>

namespace helm {
namespace {

using values::Value;

// Commands that run side by side, each with what is done about its outcome.
class Round {
 public:
  using Handler = std::function<void(const std::vector<process::Outcome>&)>;

  void add(std::vector<process::Command> commands, Handler handler) {
    m_handlers.emplace_back(commands.size(), std::move(handler));
    m_commands.insert(m_commands.end(), commands.begin(), commands.end());
  }

  void run() {
    if (m_commands.empty()) {
      return;
    }
    const auto outcomes = process::capture_all(m_commands);
    auto next = outcomes.begin();
    for (const auto& [count, handle] : m_handlers) {
      const auto end = next + static_cast<std::ptrdiff_t>(count);
      handle({next, end});
      next = end;
    }
  }

 private:
  std::vector<process::Command> m_commands;
  std::vector<std::pair<std::size_t, Handler>> m_handlers;
};

class ValuesReader {
 public:
  ValuesReader(std::vector<Source>& sources, text::Sink* notes)
      : m_sources(sources), m_notes(notes), m_read(sources.size()), m_asked(sources.size()) {}

  Value read() {
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
      read_ourselves(i);
    }
    announce("reading values");
    Round first;
    bool remote = false;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
      Source& source = m_sources[i];
      if (has_remote(source)) {
        remote = true;
        first.add(fetch_commands(source), [this, i](const auto& outcomes) { fetch(i, outcomes); });
      } else if (m_sources.size() > 1 && is_tree(i) && !m_read[i]) {
        ask_helm_for(first, i);
      }
    }
    if (!remote) {
      ask_helm(first);
    }
    first.run();
    if (remote) {
      Round second;
      ask_helm(second);
      second.run();
    }
    if (!give_origins(m_merged, layers()) && m_sources.size() > 1) {
      // A file that our reader reads otherwise than Helm, for instance several documents in one.
      Round again;
      for (std::size_t i = 0; i < m_sources.size(); ++i) {
        if (is_tree(i) && !m_asked[i]) {
          ask_helm_for(again, i);
        }
      }
      again.run();
      give_origins(m_merged, layers());
    }
    return std::move(m_merged);
  }

 private:
  bool is_tree(std::size_t i) const {
    const auto& word = m_sources[i].word;
    if (word.kind == ValueKind::set_json) {
      const auto parts = read_set(word.kind, word.text);
      return parts.size() == 1 && parts.front().path.empty();
    }
    return word.kind == ValueKind::file;
  }

  // Our reading knows lines and columns. Whether a file is good is Helm's to say: a complaint of
  // ours is kept until then, because it is the better worded one.
  void read_ourselves(std::size_t i) {
    const Source& source = m_sources[i];
    try {
      if (source.word.kind == ValueKind::set_json && is_tree(i)) {
        m_read[i] = values::from_json(source.word.text);
      } else if (source.bytes != nullptr) {
        m_read[i] = values::read_yaml(text::Source(source.name, *source.bytes),
                                      {static_cast<int>(i), m_notes});
      }
    } catch (const base::InternalError&) {
      throw;
    } catch (const base::Failure& failure) {
      if (!m_complaint) {
        m_complaint = failure;
      }
    }
    if (m_read[i] && m_read[i]->is_null()) {
      m_read[i] = Value::map();
    }
  }

  void ask_helm(Round& round) {
    round.add({probe_command(m_sources)}, [this](const auto& outcomes) {
      try {
        m_merged = probe_values(outcomes.front(), m_sources);
      } catch (const base::InternalError&) {
        throw;
      } catch (const base::Failure&) {
        const bool about_set = base::contains(outcomes.front().err, "failed parsing --set");
        if (m_complaint && !about_set && !outcomes.front().timed_out) {
          throw base::Failure(*m_complaint);
        }
        throw;
      }
    });
  }

  void ask_helm_for(Round& round, std::size_t i) {
    m_asked[i] = true;
    round.add({probe_command({m_sources[i]})}, [this, i](const auto& outcomes) {
      // Only for the origins: what is wrong, the call for all sources says.
      try {
        Value tree = probe_values(outcomes.front(), {m_sources[i]});
        give_places(tree, m_read[i] ? *m_read[i] : Value(), static_cast<int>(i));
        m_read[i] = std::move(tree);
      } catch (const base::InternalError&) {
        throw;
      } catch (const base::Failure&) {
        // Our own reading of it, if there is one, stays.
      }
    });
  }

  void fetch(std::size_t i, const std::vector<process::Outcome>& outcomes) {
    Source& source = m_sources[i];
    store_fetched(source, outcomes);
    if (source.word.kind == ValueKind::file) {
      m_asked[i] = true;
      m_read[i] = values::from_json(process::read_all(source.descriptor, std::string::npos));
      give_places(*m_read[i], Value(), static_cast<int>(i));
    }
  }

  std::vector<Layer> layers() const {
    std::vector<Layer> layers;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
      Layer layer;
      layer.source = static_cast<int>(i);
      layer.is_tree = is_tree(i);
      if (layer.is_tree && m_read[i]) {
        layer.tree = *m_read[i];
        values::set_origin(layer.tree, {layer.source, 0, 0});
      } else if (!layer.is_tree) {
        const auto& word = m_sources[i].word;
        for (const SetPart& part : read_set(word.kind, word.text)) {
          layer.paths.push_back(part.path);
        }
      }
      layers.push_back(std::move(layer));
    }
    return layers;
  }

  std::vector<Source>& m_sources;
  text::Sink* m_notes;
  std::vector<std::optional<Value>> m_read;  // trees with places, where there is one
  std::vector<bool> m_asked;                 // the tree is Helm's own
  std::optional<base::Failure> m_complaint;
  Value m_merged;
};

}  // namespace

Value read_values(std::vector<Source>& sources, text::Sink* notes) {
  if (sources.empty()) {
    return Value::map();
  }
  return ValuesReader(sources, notes).read();
}

std::vector<Value> read_each(const std::vector<text::Source>& files) {
  constexpr std::size_t k_together = 4;
  announce("reading values");
  std::vector<Value> read;
  while (read.size() < files.size()) {
    std::vector<Source> sources;
    std::vector<process::Command> commands;
    for (std::size_t i = read.size(); i < files.size() && commands.size() < k_together; ++i) {
      const int file = process::make_memfd("values", files[i].bytes());
      sources.push_back({{ValueKind::file, process::descriptor_path(file)},
                         files[i].name(),
                         std::make_shared<const std::string>(files[i].bytes()),
                         file});
      commands.push_back(probe_command({sources.back()}));
    }
    const auto outcomes = process::capture_all(commands);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      read.push_back(probe_values(outcomes[i], {sources[i]}));
      ::close(sources[i].descriptor);
    }
  }
  return read;
}

}  // namespace helm

// What Helm hands to a post-renderer for given words: asked for by running Helm with our own
// program as its post-renderer, which copies what it gets. So hooks (Helm 4), the order of
// documents and every annotation are Helm's own.
#pragma once

#include "helm/calling.hpp"

#include <string>
#include <vector>

namespace helm {

// Set for every program that a post-renderer starts: "N" makes a post-render of ours copy what it
// reads to descriptor N and pass it on, "-" only pass it on. Without it they would call each other
// for ever.
inline constexpr const char* k_copy_variable = "C8UPGRADE_POST_RENDER_COPY";

// How this Helm is told to run our post-renderer. `args` go to it.
struct PostRendererWords {
  std::vector<std::string> words;  // --post-renderer and what belongs to it
  std::string plugins;             // HELM_PLUGINS for that call (Helm 4), or ""
};
// Throws base::Failure when Helm cannot be run, or when the plugin is not complete.
PostRendererWords post_renderer_words(const std::vector<std::string>& args);

struct StreamCall {
  Task task = Task::upgrade;
  std::vector<std::string> words;  // behind the task's word, no post-renderer among them
  bool printed = false;  // what `template` prints is wanted, which Helm 4 orders otherwise
};

struct Streamed {
  bool ok = false;
  std::string error;   // Helm's own words, when it could not render
  std::string stream;  // the bytes for the post-renderer
  std::string
      hooks;  // what Helm 3 keeps from a post-renderer, as JSON; empty where it is not known
};

// Side by side, in the order of the calls. Nothing is changed: the words say --dry-run, or the task
// is `template`. Throws base::Failure when Helm cannot be run.
std::vector<Streamed> render_streams(const std::vector<StreamCall>&);

}  // namespace helm

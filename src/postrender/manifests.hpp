// From the bytes of a stream to the objects that somebody has to look at.
#pragma once

#include "postrender/stream.hpp"
#include "upgrade/objects.hpp"

#include <string_view>
#include <vector>

namespace postrender {

// Throws base::Failure when this is no stream of manifests, or only a part of one: nothing in it, a
// NUL byte, a document that is no YAML or no Kubernetes object, half a document at the end. Only
// documents whose lines do not tell what they are, and the last one, are read for that.
void require_manifests(std::string_view stream, const std::vector<Document>& documents);

// The objects that belong to Camunda: those that mention it, those of the same release as the
// brokers, and Secrets and ConfigMaps that their pods need. Of a List each item. Everything else in
// the stream stays bytes.
upgrade::Objects camunda_objects(const std::vector<Document>& documents);

// Whether two renderings are of the same words: the same documents in the same order, apart from
// what a chart makes anew each time: data of Secrets, and checksums over it.
bool same_manifests(std::string_view a, std::string_view b);

}  // namespace postrender

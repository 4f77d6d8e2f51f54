// `helm c8upgrade secrets RELEASE --extract`: passwords out of values files into a Secret.
#pragma once

#include "kube/client.hpp"

#include <string>
#include <vector>

namespace cli {

struct ExtractWords {
  std::string release;
  std::vector<std::string> files;
  bool in_place = false;
  std::string output;
  std::string secret;  // "": RELEASE-passwords
  std::string under;
  bool dry_run = false;
};

// The Secret first, then the files: whenever it stops, values name what is there. Throws
// base::Failure.
void extract_secrets(const ExtractWords&, const kube::Client&);

}  // namespace cli

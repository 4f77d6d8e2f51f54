// What the main job itself changes, right before Helm takes over: nothing else of ours ever writes
// to the cluster.
#pragma once

#include "kube/client.hpp"
#include "upgrade/secrets.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace upgrade {

struct NewSecret {
  std::string name;
  std::set<std::string> keys;  // each with a random value of its own
  std::string purpose;         // "for the client of the identity migration"
};

struct Changes {
  std::vector<Rescue> keep;  // annotated, so that Helm leaves them
  std::vector<Rescue> copy;  // copied to a name of their own
  std::vector<NewSecret> make;
  std::vector<std::string> remove_jobs;  // so that they run again

  bool empty() const { return keep.empty() && copy.empty() && make.empty() && remove_jobs.empty(); }
};

// A line for each Secret. Jobs have a finding of their own. `done`: false in a dry run ("would be
// kept …").
std::vector<std::string> lines_of(const Changes&, bool done);

// Throws base::Failure at the first that does not work; the words say which flag does without.
void carry_out(const kube::Client&, const Changes&, const std::string& release);

// Makes a Secret with these keys, or adds those that it lacks. Throws base::Failure when one of
// them holds something else already, and when the cluster does not let us.
void store_secret(const kube::Client&, const std::string& name,
                  const std::map<std::string, std::string>& data, const std::string& release);

// Letters and digits from the kernel's random numbers.
std::string random_word(std::size_t length);

}  // namespace upgrade

// Where --report writes. A regular file is replaced in one step and readable by its owner only.
#pragma once

#include <string>
#include <string_view>

namespace cli {

class ReportFile {
 public:
  // Throws base::Failure when nothing could be written there, so that it is known at the start of a
  // run. A report that stands there already stays until write().
  explicit ReportFile(std::string path);

  // Throws base::Failure; what stood there before then stands there still.
  void write(std::string_view text) const;

 private:
  std::string m_name;       // as the user wrote it, for messages
  std::string m_target;     // the file itself: a symbolic link is followed, not replaced
  bool m_in_place = false;  // a pipe or a device: nothing to replace
};

}  // namespace cli

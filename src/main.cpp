// Words → command → exit code. Whatever cannot go on ends here as one line, the next step and an
// exit code.
#include "base/failure.hpp"
#include "cli/command.hpp"
#include "cli/streams.hpp"

#include <exception>
#include <new>
#include <string>

namespace {

int give_up(const base::Failure& failure) {
  std::string text = std::string("Error: ") + failure.what() + "\n";
  if (!failure.next().empty()) {
    text += failure.next() + "\n";
  }
  cli::write_stderr(text);
  return failure.exit_code();
}

}  // namespace

int main(int argc, char** argv) {
  cli::prepare_streams();
  try {
    return cli::dispatch(cli::Words(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const base::Failure& failure) {
    return give_up(failure);
  } catch (const cli::OutputClosed&) {
    return 1;
  } catch (const std::bad_alloc&) {
    return give_up(base::Failure("out of memory", "Are the values larger than they should be?"));
  } catch (const std::exception& error) {
    return give_up(base::InternalError(error.what()));
  }
}

// Environments for tests: a loop, a scratch folder, functions from text, and calls that wait.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/environments/environment.h"
#include "runtime/environments/environment_spec.h"
#include "runtime/environments/process_environments.h"
#include "runtime/processes/scratch_folder.h"

namespace wukong::environments {

// Python that polls the Runtime API. What comes after it has next_call(), which returns a request's
// id and its event, and say(path, body), which returns the status.
extern const char* const kBootstrapBegin;

class EnvironmentHouse {
 public:
  explicit EnvironmentHouse(const ProcessLimits& limits = {});

  // A function of the runtime `provided`, whose bootstrap is kBootstrapBegin and that text.
  EnvironmentSpec function(const std::string& name, const std::string& after_begin);
  // A function of another runtime, with one file.
  EnvironmentSpec function(const std::string& runtime, const std::string& file,
                           const std::string& text);

  struct Running {
    std::unique_ptr<Environment> environment;
    Started started;
    bool gone = false;
  };
  // Waits until it is ready, or has failed to be.
  std::unique_ptr<Running> start(const EnvironmentSpec& spec);
  Outcome invoke(Running& running, const std::string& payload = "{}");
  Outcome answer(const EnvironmentSpec& spec, const std::string& payload = "{}");
  void wait_until(const std::function<bool()>& condition);
  void wait_gone(const Running& running);

  // What is in the log files of all environments.
  std::string logs() const;
  std::filesystem::path folder() const { return scratch.path(); }

  processes::ScratchFolder scratch;
  boost::asio::io_context loop;
  std::unique_ptr<ProcessEnvironments> environments;
  int calls = 0;
};

Event event_of(const std::string& request_id, const std::string& payload);

// The processes whose environment has NAME=value: those of a function, wherever they have gone.
std::vector<pid_t> processes_with(const std::string& variable);
// Whether it is stopped, or frozen with its control group.
bool stands_still(pid_t process);

}  // namespace wukong::environments

// Makes environments that are processes, and has what they share: a supervisor process, from which
// all of them are started and which ends them when this process does, however it does; a scratch
// folder; limits. Lives as long as its environments or longer. Construct it early, while the
// process is small: the supervisor is a fork. For the loop's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "runtime/environments/environment.h"
#include "runtime/environments/environment_spec.h"

namespace boost::asio {
class io_context;
}  // namespace boost::asio

namespace wukong::environments {

struct ProcessLimits {
  // What an environment's log file holds at most, and all of them together. What is printed beyond
  // is dropped; the last 4 KB are kept for LogType Tail all the same.
  uint64_t log_bytes = uint64_t{16} << 20;
  uint64_t all_log_bytes = uint64_t{2} << 30;
  // Whether control groups are used, as far as they are permitted.
  bool control_groups = true;
};

class ProcessEnvironments {
 public:
  // `scratch`: a folder for their files, made if it is not there; what is in it of this object is
  // deleted in the end, also after a SIGKILL. Throws std::runtime_error.
  ProcessEnvironments(boost::asio::io_context& loop, const std::filesystem::path& scratch,
                      const ProcessLimits& limits = {});
  ProcessEnvironments(const ProcessEnvironments&) = delete;
  ProcessEnvironments& operator=(const ProcessEnvironments&) = delete;
  ~ProcessEnvironments();

  // REQUIRES: supports_runtime(spec.runtime). Nothing runs before start().
  std::unique_ptr<Environment> make(const EnvironmentSpec& spec);

  // What is enforced here, as sentences for people: how memory is limited, whether CPU shares are,
  // how environments are frozen, who may talk to a Runtime API.
  std::string memory_limit() const;
  std::string cpu_share() const;
  std::string freezing() const;
  std::string isolation() const;

 private:
  struct Shared;
  friend class ProcessEnvironment;
  std::shared_ptr<Shared> shared_;
};

}  // namespace wukong::environments

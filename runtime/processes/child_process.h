// A program that runs as a process of its own and leads a process group of its own, so that
// whatever it starts ends with it. Its standard streams are files. The destructor kills the group
// and waits for the program.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "runtime/processes/command_line.h"

namespace wukong::processes {

class ChildProcess {
 public:
  struct Start {
    Words words;  // the program and its arguments; the program is looked for along PATH
    std::filesystem::path folder;
    std::filesystem::path input;
    std::filesystem::path output;
    std::filesystem::path errors;
    Words variables;  // NAME=value, in addition to this process's own
  };
  // Throws std::runtime_error if the program cannot be started.
  explicit ChildProcess(const Start& start);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  // Blocks until the program has ended.
  void wait() const;
  // From any thread, until reap() begins.
  void kill_group() const;
  // How the program ended: an empty text if well, else "exit code 3" or "signal 9 (Killed)". To be
  // called once, after wait().
  std::string reap();

 private:
  pid_t process_ = -1;
};

}  // namespace wukong::processes

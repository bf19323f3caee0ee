// Who descends from whom among the system's processes, kept up to date as cheaply as can be: where
// process ids are given out in order, only new ones are looked at. For one thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <vector>

namespace wukong::supervision {

class ProcessTree {
 public:
  // The living descendants of a process, the youngest ids last.
  std::vector<pid_t> descendants(pid_t ancestor);

 private:
  void update();
  void look_at_all();
  bool look_at(pid_t process);
  bool descends(pid_t process, pid_t ancestor) const;

  std::map<pid_t, pid_t> parents_;  // as they were first seen
  // Ids that were given out when their processes were not there yet, or not any more.
  std::vector<pid_t> absent_;
  pid_t newest_ = 0;
  std::chrono::steady_clock::time_point looked_at_all_{};
};

}  // namespace wukong::supervision

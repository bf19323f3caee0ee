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
  // All processes are looked at the next time.
  void forget() { looked_at_all_ = {}; }

 private:
  void update();
  void look_at_all();
  void look_at(pid_t process);
  bool descends(pid_t process, pid_t ancestor) const;

  std::map<pid_t, pid_t> parents_;  // as they were first seen
  pid_t newest_ = 0;
  std::chrono::steady_clock::time_point looked_at_all_{};
};

}  // namespace wukong::supervision

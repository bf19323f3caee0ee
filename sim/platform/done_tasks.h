// Which tasks have been done, each counted once in the run's Usage however often it is executed.
#pragma once

#include <vector>

#include "sim/platform/ids.h"
#include "sim/platform/usage.h"

namespace wukong::sim {

class DoneTasks {
 public:
  explicit DoneTasks(Usage& usage) : usage_(usage) {}
  void note(TaskId task) {
    if (task.index() >= done_.size()) done_.resize(task.index() + 1);
    if (done_[task.index()]) return;
    done_[task.index()] = true;
    ++usage_.tasks_done;
  }

 private:
  Usage& usage_;
  std::vector<bool> done_;
};

}  // namespace wukong::sim

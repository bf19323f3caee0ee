// How often tasks may be executed in a run, all executions of all tasks together: a run that goes
// beyond that repeats its work without a bound, and is ended there. Counts executions by task, to
// say which one was repeated most.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/ids.h"

namespace wukong::accounting {

// Thrown by the execution that is one too many; ends the run.
class TooManyExecutions : public std::exception {
 public:
  const char* what() const noexcept override { return "tasks are executed again and again"; }
};

class ExecutionLimit {
 public:
  // Of a DAG of so many tasks. Without it there is no limit, and nobody counts.
  void set(uint64_t most, size_t tasks) {
    most_ = most;
    executions_.assign(tasks, 0);
  }

  void count(TaskId task) {
    if (most_ == std::numeric_limits<uint64_t>::max()) return;
    ENSURE(task.index() < executions_.size(), task.value());
    ++executions_[task.index()];
    if (++executed_ > most_) throw TooManyExecutions();
  }

  uint64_t most() const { return most_; }
  bool exceeded() const { return executed_ > most_; }
  // REQUIRES: a task was counted.
  TaskId most_repeated() const {
    const auto place = std::max_element(executions_.begin(), executions_.end());
    return TaskId(static_cast<size_t>(place - executions_.begin()));
  }
  uint64_t executions(TaskId task) const { return executions_[task.index()]; }

 private:
  uint64_t most_ = std::numeric_limits<uint64_t>::max();
  uint64_t executed_ = 0;
  std::vector<uint32_t> executions_;  // by task
};

}  // namespace wukong::accounting

// What an executor has taken on: the tasks that will run there, in order, of which the first one is
// running; and whether a further one would end before the function's time limit. Owned by the
// executor.
#pragma once

#include <vector>

#include "scheduler/wukong/context.h"
#include "scheduler/wukong/executor_objects.h"
#include "scheduler/wukong/executor_story.h"

namespace wukong::functions {
struct Environment;
}  // namespace wukong::functions

namespace wukong::wukong_policy {

class ExecutorWork {
 public:
  // The objects that the tasks read stay in memory for them.
  ExecutorWork(const WukongContext& context, const functions::Environment& environment,
               ExecutorObjects& objects)
      : context_(context), environment_(environment), objects_(objects) {}

  void take_on(TaskId task, Came came, TaskId from);
  bool empty() const { return next_ == assignments_.size(); }
  // REQUIRES: it is not empty.
  const Assignment& first() const { return assignments_[next_]; }
  void finish_first();

  // By what is expected, after all that is taken on. Always, unless the policy is to stay within
  // the time limit.
  bool ends_in_time(TaskId task, Duration wait = Duration::zero()) const;

 private:
  Duration expected_time_of(TaskId task) const;

  const WukongContext& context_;
  const functions::Environment& environment_;
  ExecutorObjects& objects_;
  std::vector<Assignment> assignments_;  // of which those before next_ are done
  size_t next_ = 0;
  Duration expected_;  // of what is not done
};

}  // namespace wukong::wukong_policy

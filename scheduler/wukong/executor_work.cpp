#include "scheduler/wukong/executor_work.h"

#include "scheduler/wukong/decisions/decisions.h"
#include "sim/engine/engine.h"
#include "sim/functions/environment.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"

namespace wukong::wukong_policy {

void ExecutorWork::take_on(TaskId task, Came came, TaskId from) {
  const bool counts = context_.options.stay_within_time_limit;
  const Duration expected = counts ? expected_time_of(task) : Duration::zero();
  assignments_.push_back({task, came, from, expected});
  expected_ += expected;
  objects_.expect_reader(task);
}

void ExecutorWork::finish_first() {
  const Assignment& done = assignments_[next_++];
  expected_ -= done.expected;
  objects_.forget_reader(done.task);
  if (!empty()) return;
  assignments_.clear();
  next_ = 0;
}

bool ExecutorWork::ends_in_time(TaskId task, Duration wait) const {
  if (!context_.options.stay_within_time_limit) return true;
  const Time end = context_.engine.now() + wait + expected_ + expected_time_of(task);
  return end <= environment_.deadline;
}

Duration ExecutorWork::expected_time_of(TaskId task) const {
  const platform::PlatformSpec& platform = context_.platform.spec();
  const Bytes moved = objects_.missing_inputs(task) + context_.outputs.of(task);
  const bool is_redis = context_.options.store.kind == storage::StoreKind::redis;
  const storage::PythonClient& client = is_redis ? platform.redis.client : platform.s3.client;
  const Duration moving =
      transfer_time(moved, platform.functions.environment.network.rate) + client.time(moved);
  return wukong_decisions::expected_time(context_.dag.cost(task), environment_.host,
                                         platform.compute, moving, context_.options);
}

}  // namespace wukong::wukong_policy

#include "scheduler/policy/stateless_task.h"

#include "scheduler/policy/stopwatch.h"
#include "sim/hosts/task_runner.h"
#include "sim/hosts/values.h"
#include "sim/platform/platform.h"
#include "sim/storage/object_store.h"
#include "workloads/dag/dag.h"

namespace wukong::scheduler {

using accounting::Activity;
using engine::Task;
using storage::StoreStatus;

namespace {

std::vector<ObjectId> to_read(const dag::Dag& dag, TaskId task, TaskId before) {
  std::vector<ObjectId> objects;
  for (const ObjectId object : dag.distinct_inputs(task)) {
    const TaskId producer = dag.producer(object);
    if (dag.absent(object) || (producer.valid() && producer == before)) continue;
    objects.push_back(object);
  }
  return objects;
}

bool read_elsewhere(const dag::Dag& dag, ObjectId object, TaskId after) {
  const auto consumers = dag.consumers(object);
  return consumers.empty() || !after.valid() || consumers.size() > 1 || consumers.front() != after;
}

// Nothing is kept but what the same function goes on with.
void forget(hosts::Values& values, const dag::Dag& dag, const hosts::Host& host, TaskId task,
            TaskId after) {
  for (const ObjectId object : to_read(dag, task, TaskId::none())) values.drop(host, object);
  if (after.valid()) return;
  for (const ObjectId object : dag.outputs(task)) values.drop(host, object);
}

}  // namespace

Task<bool> run_stateless_task(platform::Platform& platform, storage::ObjectStore& store,
                              const dag::Dag& dag, const hosts::Host& host, TaskId task,
                              SameFunction same) {
  engine::Engine& engine = platform.engine();
  {
    const Stopwatch stopwatch(engine, platform.usage(), Activity::storage_io);
    for (const ObjectId object : to_read(dag, task, same.before)) {
      const StoreStatus read = co_await store.get(host, object);
      if (read != StoreStatus::ok) co_return false;
    }
  }
  const auto status = co_await platform.tasks().execute(host, task, dag.cost(task));
  if (status != hosts::ExecuteStatus::done) co_return false;
  const Stopwatch stopwatch(engine, platform.usage(), Activity::storage_io);
  for (const ObjectId object : dag.outputs(task)) {
    if (!read_elsewhere(dag, object, same.after)) continue;
    const ObjectSize size = dag.size(object);
    const StoreStatus written = co_await store.put(host, object, size);
    if (written != StoreStatus::ok) co_return false;
  }
  forget(platform.values(), dag, host, task, same.after);
  co_return true;
}

}  // namespace wukong::scheduler

#include "scheduler/dask/worker/execution.h"

#include "scheduler/dask/worker/reservation.h"
#include "sim/hosts/task_runner.h"
#include "workloads/dag/dag.h"

namespace wukong::dask_worker {

using engine::Task;

void DaskExecution::add(TaskId task, uint32_t missing) {
  const auto [place, inserted] = tasks_.try_emplace(task);
  ENSURE(inserted, task.value());
  place->second.missing = missing;
  if (missing == 0) make_ready(task);
}

void DaskExecution::input_arrived(TaskId task) {
  if (--tasks_.at(task).missing == 0) make_ready(task);
}

bool DaskExecution::give_up(TaskId task) {
  const auto found = tasks_.find(task);
  if (found == tasks_.end() || found->second.state == State::running) return false;
  ready_.erase({site_.cluster.ranks[task.index()], task});
  tasks_.erase(found);
  return true;
}

void DaskExecution::make_ready(TaskId task) {
  const auto found = tasks_.find(task);
  ENSURE(found != tasks_.end() && found->second.missing == 0, task.value());
  found->second.state = State::ready;
  ready_.emplace(site_.cluster.ranks[task.index()], task);
  start_tasks();
}

void DaskExecution::start_tasks() {
  while (!spilling_.paused() && running_ < site_.options().worker_threads && !ready_.empty()) {
    const TaskId task = ready_.begin()->second;
    ready_.erase(ready_.begin());
    tasks_.at(task).state = State::running;
    ++running_;
    life_.spawn(run(task), "Dask task");
  }
}

Task<> DaskExecution::run(TaskId task) {
  const dag::Dag& dag = site_.dag();
  const std::vector<ObjectId> inputs = dag.distinct_inputs(task);
  for (const ObjectId object : inputs) memory_.pin(object);
  for (const ObjectId object : inputs) co_await spilling_.load(object);
  const Bytes outputs = dag.output_bytes(task);
  Duration duration;
  {
    DaskReservation working(memory_, outputs + dag.cost(task).memory);
    spilling_.grown();
    co_await site_.engine.sleep(site_.options().task_overhead, "its event loop");
    const Time start = site_.engine.now();
    const auto status = co_await site_.process.execute(task);
    if (status != hosts::ExecuteStatus::done) {
      nanny_.doom(task);
      spilling_.grown();
      co_return;  // its nanny ends it
    }
    duration = site_.engine.now() - start;
  }
  for (const ObjectId object : inputs) memory_.unpin(object);
  for (const ObjectId object : dag.outputs(task)) memory_.add(object, dag.size(object).actual);
  spilling_.grown();
  co_await spilling_.make_room();
  finish(task, duration);
}

void DaskExecution::finish(TaskId task, Duration duration) {
  tasks_.erase(task);
  --running_;
  site_.outbound.send(dask_common::TaskFinished{site_.id, task, duration});
  start_tasks();
}

std::vector<TaskId> DaskExecution::running() const {
  std::vector<TaskId> running;
  for (const auto& [task, assigned] : tasks_)
    if (assigned.state == State::running) running.push_back(task);
  return running;
}

void DaskExecution::clear() {
  tasks_.clear();
  ready_.clear();
  running_ = 0;
}

}  // namespace wukong::dask_worker

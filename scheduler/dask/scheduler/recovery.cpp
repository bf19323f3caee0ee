// What the scheduler does when a worker dies: its tasks run elsewhere, and what only it held is
// computed again, as far back as needed.
#include <algorithm>

#include "scheduler/dask/scheduler/scheduler.h"

namespace wukong::dask_scheduler {
namespace {

std::string worker_text(const dask_common::WorkerLost& lost) {
  return "worker " + std::to_string(lost.worker.value()) + " " + lost.how;
}

}  // namespace

void DaskScheduler::handle(const dask_common::WorkerLost& message) {
  const std::vector<TaskId> processing = view_.processing(message.worker);
  for (const TaskId task : processing) {
    unassign(task);
    ready_.push_back(task);
  }
  const std::vector<ObjectId> lost = forget_holder(message.worker);
  view_.lost(message.worker);
  blame(processing, message);
  for (const ObjectId object : lost) {
    const TaskId producer = dag_.producer(object);
    if (!producer.valid()) {
      fail(worker_text(message) + "; with it went a persisted input, " + dag_.name(object) +
           ", which no task can compute again");
      return;
    }
    run_again(producer, message);
  }
}

// Whoever was to run on the worker may have killed it.
void DaskScheduler::blame(const std::vector<TaskId>& tasks, const dask_common::WorkerLost& lost) {
  for (const TaskId task : tasks) {
    const int64_t failures = ++tasks_[task.index()].failures;
    if (failures <= options_.allowed_failures) continue;
    fail("task " + dag_.name(task) + ": " + std::to_string(failures) +
         " workers that were to run it died; the last one, " + worker_text(lost));
    return;
  }
}

// The objects that are still needed and that nobody holds now.
std::vector<ObjectId> DaskScheduler::forget_holder(dask_common::WorkerId worker) {
  std::vector<ObjectId> lost;
  for (const ObjectId object : dag_.objects()) {
    ObjectState& state = objects_[object.index()];
    const auto found = std::find(state.holders.begin(), state.holders.end(), worker);
    if (found == state.holders.end()) continue;
    state.holders.erase(found);
    if (state.holders.empty() && needed(state)) lost.push_back(object);
  }
  return lost;
}

void DaskScheduler::run_again(TaskId first, const dask_common::WorkerLost& cause) {
  std::vector<TaskId> lost{first};
  while (!lost.empty()) {
    const TaskId task = lost.back();
    lost.pop_back();
    TaskState& state = tasks_[task.index()];
    if (state.state != State::done) continue;
    state.state = State::waiting;
    state.waiting_on = 0;
    if (dag_.successors(task).empty()) ++results_left_;
    hold_back_successors(task);
    const ObjectId gone = wait_for_inputs(task, lost);
    if (gone.valid())
      fail(worker_text(cause) + "; for what it held, task " + dag_.name(task) +
           " has to run again, which reads a persisted input, " + dag_.name(gone) +
           ", that was released");
    ready_.push_back(task);
  }
}

// Its inputs are needed again; those that are gone are computed again first.
ObjectId DaskScheduler::wait_for_inputs(TaskId task, std::vector<TaskId>& lost) {
  ObjectId gone = ObjectId::none();
  for (const TaskId predecessor : dag_.predecessors(task))
    if (tasks_[predecessor.index()].state != State::done) ++tasks_[task.index()].waiting_on;
  for (const ObjectId object : dag_.distinct_inputs(task)) {
    ObjectState& input = objects_[object.index()];
    ++input.consumers_left;
    if (!input.holders.empty()) continue;
    const TaskId producer = dag_.producer(object);
    if (producer.valid())
      lost.push_back(producer);
    else if (!gone.valid())
      gone = object;
  }
  return gone;
}

void DaskScheduler::hold_back_successors(TaskId task) {
  for (const TaskId successor : dag_.successors(task)) {
    TaskState& next = tasks_[successor.index()];
    if (next.state == State::done) continue;
    if (next.state == State::processing) {
      const dask_common::WorkerId worker = next.worker;
      unassign(successor);
      cluster_.workers[worker.index()].tell(dask_common::CancelTask{successor});
    }
    ++next.waiting_on;
  }
}

void DaskScheduler::fail(std::string reason) {
  if (!failure_) failure_ = std::move(reason);
}

}  // namespace wukong::dask_scheduler

// The scheduler's decisions: which worker runs a task, and what is moved later.
#include <algorithm>
#include <utility>

#include "scheduler/dask/scheduler/scheduler.h"

namespace wukong::dask_scheduler {

using engine::Task;

Task<> DaskScheduler::place_ready() {
  if (view_.running().empty()) co_return;  // until a worker is back
  const auto& ranks = cluster_.ranks;
  std::sort(ready_.begin(), ready_.end(),
            [&ranks](TaskId a, TaskId b) { return ranks[a.index()] < ranks[b.index()]; });
  ++round_;
  std::swap(placing_, ready_);
  for (const TaskId task : placing_) {
    const TaskState& state = tasks_[task.index()];
    if (state.state != State::waiting || state.waiting_on > 0) continue;
    const dask_common::WorkerId worker = choose_worker(task);
    const bool is_first = std::exchange(addressed_[worker.index()], round_) != round_;
    if (is_first && options_.send_time > Duration::zero()) co_await work(options_.send_time);
    assign(task, worker);
  }
  placing_.clear();
}

dask_common::WorkerId DaskScheduler::choose_worker(TaskId task) {
  Bytes total;
  candidates_.clear();
  for (const ObjectId object : dag_.distinct_inputs(task)) {
    const Bytes size = dag_.size(object).actual;
    total += size;
    for (const dask_common::WorkerId holder : objects_[object.index()].holders) {
      PlacementCandidate candidate;
      candidate.worker = holder;
      candidates_.push_back(candidate);
      held_[holder.index()] += size;
    }
  }
  if (candidates_.empty()) {
    return place_anywhere(view_.takers(), view_.occupancies(), placed_);
  }
  for (PlacementCandidate& candidate : candidates_) {
    candidate.occupancy = view_.occupancy(candidate.worker);
    candidate.threads = view_.threads();
    candidate.missing = total - held_[candidate.worker.index()];
    candidate.stored = view_.stored(candidate.worker);
    candidate.order = order_[candidate.worker.index()];
  }
  for (const PlacementCandidate& candidate : candidates_)
    held_[candidate.worker.index()] = Bytes(0);
  const auto bandwidth = Bandwidth::whole(bandwidth_);
  return place_near_dependencies(candidates_, bandwidth);
}

void DaskScheduler::assign(TaskId task, dask_common::WorkerId worker) {
  TaskState& state = tasks_[task.index()];
  ENSURE(state.state == State::waiting && state.waiting_on == 0, task.value());
  dask_common::ComputeTask message{task, {}};
  Bytes missing;
  for (const ObjectId object : dag_.distinct_inputs(task)) {
    const ObjectState& input = objects_[object.index()];
    ENSURE(!input.holders.empty() && "a task is ready when its inputs are there", object.value());
    if (std::find(input.holders.begin(), input.holders.end(), worker) != input.holders.end())
      continue;
    missing += dag_.size(object).actual;
    message.sources.push_back({object, choose_source(input, worker)});
  }
  const auto bandwidth = Bandwidth::whole(bandwidth_);
  state.state = State::processing;
  state.worker = worker;
  state.being_stolen = false;
  state.communication = transfer_time(missing, bandwidth);
  view_.assign(task, worker, expected_duration(state.kind) + state.communication);
  ++placed_;
  cluster_.workers[worker.index()].tell(std::move(message));
}

void DaskScheduler::unassign(TaskId task) {
  TaskState& state = tasks_[task.index()];
  ENSURE(state.state == State::processing, task.value());
  view_.unassign(task, state.worker);
  state.state = State::waiting;
}

// Any holder but the receiver itself, at random.
dask_common::WorkerId DaskScheduler::choose_source(const ObjectState& object,
                                                   dask_common::WorkerId receiver) {
  const auto& holders = object.holders;
  if (holders.size() == 1) return holders.front();
  size_t pick = sources_.below(holders.size());
  if (holders[pick] == receiver) pick = (pick + 1) % holders.size();
  return holders[pick];
}

// ---- stealing

Task<> DaskScheduler::steal_regularly() {
  while (options_.stealing.enabled) {
    co_await active_.wait("something to do");
    active_.reset();
    co_await engine_.sleep(options_.stealing.interval, "the next look at stealing");
    steal();
  }
}

void DaskScheduler::steal() {
  if (view_.idle().empty() || view_.idle().size() == view_.running().size()) return;
  StealingRule rule;
  rule.bandwidth = Bandwidth::whole(bandwidth_);
  rule.latency = options_.stealing.latency;
  rule.shortest = options_.stealing.shortest;
  std::vector<Victim> victims;
  for (const dask_common::WorkerId worker : view_.victims()) {
    Victim victim{worker, view_.occupancy(worker), {}, static_cast<size_t>(view_.threads())};
    for (const TaskId task : view_.processing(worker)) {
      const TaskState& state = tasks_[task.index()];
      if (state.being_stolen) continue;
      Bytes dependencies;
      for (const ObjectId object : dag_.distinct_inputs(task))
        dependencies += dag_.size(object).actual;
      victim.tasks.push_back(
          {task, expected_duration(state.kind), state.communication, dependencies});
    }
    victims.push_back(std::move(victim));
  }
  std::vector<Thief> thieves;
  for (const dask_common::WorkerId worker : view_.idle())
    thieves.push_back({worker, view_.occupancy(worker)});
  for (const Steal& steal : plan_steals(std::move(victims), std::move(thieves), rule)) {
    TaskState& state = tasks_[steal.task.index()];
    state.being_stolen = true;
    state.thief = steal.thief;
    cluster_.workers[steal.victim.index()].tell(dask_common::StealTask{steal.task});
  }
}

void DaskScheduler::handle(const dask_common::StealReply& message) {
  TaskState& state = tasks_[message.task.index()];
  // Otherwise it has ended, or was cancelled and assigned again, after it had been asked for.
  const bool expected = state.being_stolen && state.state == State::processing;
  if (!expected || state.worker != message.worker) return;
  state.being_stolen = false;
  if (!message.given_up) return;
  unassign(message.task);
  if (view_.up(state.thief))
    assign(message.task, state.thief);
  else
    ready_.push_back(message.task);
}

}  // namespace wukong::dask_scheduler

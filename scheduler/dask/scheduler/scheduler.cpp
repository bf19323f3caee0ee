#include "scheduler/dask/scheduler/scheduler.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "sim/engine/span.h"
#include "sim/hosts/machine.h"
#include "sim/platform/platform.h"

namespace wukong::dask_scheduler {

using engine::Span;
using engine::SpanKind;
using engine::Task;

DaskScheduler::DaskScheduler(dask_worker::DaskCluster& cluster)
    : cluster_(cluster),
      engine_(cluster.platform.engine()),
      dag_(cluster.dag),
      options_(cluster.options),
      sources_(cluster.platform.random("dask sources")),
      view_(cluster.workers.size(), options_.worker_threads, dag_.task_count()),
      order_(cluster.workers.size()),
      tasks_(dag_.task_count()),
      objects_(dag_.object_count()),
      addressed_(cluster_.workers.size()),
      results_left_(dag_.sinks().size()),
      bandwidth_(static_cast<double>(options_.bandwidth.count())),
      ended_(engine_),
      active_(engine_),
      held_(cluster.workers.size()) {
  number_kinds();
  shuffle_workers();
  for (const TaskId task : dag_.tasks())
    tasks_[task.index()].waiting_on = static_cast<uint32_t>(dag_.predecessors(task).size());
  for (const ObjectId object : dag_.objects())
    objects_[object.index()].consumers_left = static_cast<uint32_t>(dag_.consumers(object).size());
  for (const TaskId sink : dag_.sinks())
    for (const ObjectId object : dag_.outputs(sink)) objects_[object.index()].result = true;
  place_initial_objects();
}

// Hashes of addresses differ from run to run.
void DaskScheduler::shuffle_workers() {
  RandomStream hashes = cluster_.platform.random("dask worker hashes");
  std::iota(order_.begin(), order_.end(), 0U);
  for (size_t left = order_.size(); left > 1; --left)
    std::swap(order_[left - 1], order_[hashes.below(left)]);
}

void DaskScheduler::number_kinds() {
  std::map<std::string_view, uint32_t> numbers;
  for (const TaskId task : dag_.tasks()) {
    const auto next = static_cast<uint32_t>(numbers.size());
    tasks_[task.index()].kind = numbers.try_emplace(dag_.kind(task), next).first->second;
  }
  kind_durations_.resize(numbers.size());
}

// They were persisted before: one after another to the workers in turn.
void DaskScheduler::place_initial_objects() {
  size_t turn = 0;
  for (const ObjectId object : dag_.objects()) {
    if (dag_.producer(object).valid()) continue;
    const dask_common::WorkerId worker(turn++ % cluster_.workers.size());
    cluster_.workers[worker.index()].preload(object);
    add_holder(object, worker);
  }
}

// ---- messages

Task<> DaskScheduler::serve() {
  while (true) {
    const dask_common::SchedulerMessage message =
        co_await cluster_.inbox.messages.receive("a message");
    std::visit([this](const auto& content) { handle(content); }, message);
    const auto newly_ready = static_cast<int64_t>(ready_.size());
    const Duration busy = service_time(message) + newly_ready * options_.assign_time;
    if (busy > Duration::zero()) co_await work(busy);
    if (!failure_) co_await place_ready();
    active_.set();
    if (results_left_ == 0 || failure_)
      ended_.set();
    else
      ended_.reset();
  }
}

Task<> DaskScheduler::work(Duration busy) {
  const Span span(engine_,
                  {SpanKind::work, "scheduling", cluster_.scheduler_machine.host.id.value()});
  co_await engine_.sleep(busy, "the scheduler's event loop");
}

Duration DaskScheduler::service_time(const dask_common::SchedulerMessage& message) const {
  const bool news = std::holds_alternative<dask_common::TaskFinished>(message) ||
                    std::holds_alternative<dask_common::ObjectFetched>(message);
  return news ? options_.finish_time : Duration::zero();
}

void DaskScheduler::handle(const dask_common::GraphSubmitted&) {
  for (const TaskId leaf : dag_.leaves()) ready_.push_back(leaf);
}

void DaskScheduler::handle(const dask_common::TaskFinished& message) {
  TaskState& task = tasks_[message.task.index()];
  dask_worker::DaskWorker& worker = cluster_.workers[message.worker.index()];
  if (task.state != State::processing || task.worker != message.worker) {
    // It was cancelled too late. Nobody knows of these objects.
    for (const ObjectId object : dag_.outputs(message.task))
      worker.tell(dask_common::FreeObject{object});
    return;
  }
  unassign(message.task);
  task.state = State::done;
  learn_duration(task.kind, message.duration);
  for (const ObjectId object : dag_.outputs(message.task)) {
    if (needed(objects_[object.index()]))
      add_holder(object, message.worker);
    else
      worker.tell(dask_common::FreeObject{object});
  }
  release_inputs(message.task);
  const auto successors = dag_.successors(message.task);
  if (successors.empty()) --results_left_;
  for (const TaskId successor : successors) {
    TaskState& next = tasks_[successor.index()];
    if (next.state == State::done) continue;
    ENSURE(next.state == State::waiting && next.waiting_on > 0, successor.value());
    if (--next.waiting_on == 0) ready_.push_back(successor);
  }
}

void DaskScheduler::handle(const dask_common::ObjectFetched& message) {
  if (needed(objects_[message.object.index()]))
    add_holder(message.object, message.worker);
  else
    cluster_.workers[message.worker.index()].tell(dask_common::FreeObject{message.object});
}

void DaskScheduler::handle(const dask_common::TransferMeasured& message) {
  const auto measured = static_cast<double>(message.bandwidth.count());
  bandwidth_ += options_.bandwidth_weight * (measured - bandwidth_);
}

// Without a holder there is no answer: the tasks that wait for the object have been cancelled.
void DaskScheduler::handle(const dask_common::SourceWanted& message) {
  const ObjectState& object = objects_[message.object.index()];
  if (object.holders.empty()) return;
  const dask_common::DaskSource source{message.object, choose_source(object, message.worker)};
  cluster_.workers[message.worker.index()].tell(dask_common::FetchFrom{source});
}

// ---- objects

void DaskScheduler::add_holder(ObjectId object, dask_common::WorkerId worker) {
  std::vector<dask_common::WorkerId>& holders = objects_[object.index()].holders;
  if (std::find(holders.begin(), holders.end(), worker) != holders.end()) return;
  holders.push_back(worker);
  view_.stores(worker, dag_.size(object).actual);
}

void DaskScheduler::release_inputs(TaskId task) {
  for (const ObjectId object : dag_.distinct_inputs(task)) {
    ObjectState& input = objects_[object.index()];
    ENSURE(input.consumers_left > 0, object.value(), task.value());
    --input.consumers_left;
    if (!needed(input)) free_object(object);
  }
}

void DaskScheduler::free_object(ObjectId object) {
  for (const dask_common::WorkerId holder : objects_[object.index()].holders) {
    view_.frees(holder, dag_.size(object).actual);
    cluster_.workers[holder.index()].tell(dask_common::FreeObject{object});
  }
  objects_[object.index()].holders.clear();
}

void DaskScheduler::learn_duration(uint32_t kind, Duration duration) {
  std::optional<Duration>& mean = kind_durations_[kind];
  if (!mean)
    mean = duration;
  else
    *mean += scaled(duration - *mean, options_.duration_weight);
}

Duration DaskScheduler::expected_duration(uint32_t kind) const {
  return kind_durations_[kind].value_or(options_.unknown_duration);
}

}  // namespace wukong::dask_scheduler

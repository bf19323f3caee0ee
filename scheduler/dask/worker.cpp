#include "scheduler/dask/worker.h"

#include <string>

#include "scheduler/dask/order.h"
#include "scheduler/dask/reservation.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {

using sim::Task;

DaskCluster::DaskCluster(sim::Platform& run_platform, const workloads::Dag& run_dag,
                         const DaskOptions& run_options)
    : platform(run_platform),
      dag(run_dag),
      options(run_options),
      scheduler_machine(run_platform.rent(run_options.scheduler_machine)),
      ranks(depth_first_ranks(run_dag)),
      inbox(run_platform.engine()),
      scheduler_loop(run_platform.engine(), 1) {
  platform.name_host(scheduler_machine.host, "scheduler");
  scheduler_forwarding = sim::CopyingThread(platform.resources(), options.communication);
  client = platform.network().add_link(options.client.network);
}

// Workers use each other, so all stop before the first one goes.
DaskCluster::~DaskCluster() {
  for (DaskWorker& worker : workers) worker.stop();
}

DaskWorker::DaskWorker(DaskCluster& cluster, WorkerId id, const sim::Machine& machine,
                       sim::Disk disk)
    : cluster_(cluster),
      engine_(cluster.platform.engine()),
      options_(cluster.options),
      id_(id),
      receiving_(cluster.platform.resources(), options_.communication),
      sending_(cluster.platform.resources(), options_.communication),
      process_(cluster.platform, cluster.dag, machine, options_.memory.limit, options_.process),
      host_(process_.host()),
      machine_(machine),
      disk_(disk),
      inbound_(engine_, options_.scheduler_batch, options_.message_latency, *this),
      outbound_(engine_, options_.worker_batch, options_.message_latency, cluster.inbox),
      memory_(options_.memory, share_of(options_.disk_cache_size)),
      spilling_(engine_, 1) {
  cluster.platform.name_host(host_, "worker " + std::to_string(id.value()));
  cluster.platform.add_mortal(host_, [this] { kill_by_fault(); });
  nanny_.emplace(engine_);
  activities_.emplace(engine_);
}

void DaskWorker::receive(WorkerMessage message) {
  if (!up_) return;
  std::visit([this](const auto& content) { handle(content); }, message);
}

void DaskWorker::preload(ObjectId object) {
  memory_.preload(object, cluster_.dag.size(object).actual);
  cluster_.platform.values().preload(host_, object);
}

void DaskWorker::stop() {
  up_ = false;
  inbound_.clear();
  outbound_.clear();
  nanny_.reset();
  activities_.reset();
}

// ---- tasks

void DaskWorker::handle(const ComputeTask& message) {
  const auto [place, inserted] = tasks_.try_emplace(message.task);
  if (!inserted) return;  // it was cancelled too late, and runs still
  for (const DaskSource& source : message.sources) {
    if (memory_.holds(source.object)) continue;
    ++place->second.missing;
    Wanted& wanted = wanted_[source.object];
    wanted.tasks.push_back(message.task);
    if (wanted.state == FetchState::without_source) enqueue(source);
  }
  if (place->second.missing == 0)
    make_ready(message.task);
  else
    request_more();
}

void DaskWorker::handle(const CancelTask& message) { give_up(message.task); }

void DaskWorker::handle(const StealTask& message) {
  const bool given_up = give_up(message.task);
  outbound_.send(StealReply{id_, message.task, given_up});
}

void DaskWorker::handle(const FetchFrom& message) {
  const auto wanted = wanted_.find(message.source.object);
  if (wanted == wanted_.end() || wanted->second.state != FetchState::without_source) return;
  if (memory_.holds(message.source.object)) {
    // Made here meanwhile: a worker died, and this one did the task again.
    const std::vector<TaskId> waiting = std::move(wanted->second.tasks);
    wanted_.erase(wanted);
    for (const TaskId task : waiting)
      if (--tasks_.at(task).missing == 0) make_ready(task);
    return;
  }
  // The scheduler has not heard yet that this worker died with it.
  if (message.source.worker == id_) return want_again({message.source.object});
  enqueue(message.source);
  request_more();
}

void DaskWorker::handle(const FreeObject& message) {
  if (memory_.holds(message.object)) cluster_.platform.values().drop(host_, message.object);
  memory_.remove(message.object);
}

// False if the task runs already, or has ended.
bool DaskWorker::give_up(TaskId task) {
  const auto found = tasks_.find(task);
  if (found == tasks_.end() || found->second.state == TaskState::running) return false;
  ready_.erase({cluster_.ranks[task.index()], task});
  tasks_.erase(found);
  for (const ObjectId object : cluster_.dag.inputs(task)) {
    const auto wanted = wanted_.find(object);
    if (wanted == wanted_.end()) continue;
    std::erase(wanted->second.tasks, task);
  }
  return true;
}

void DaskWorker::make_ready(TaskId task) {
  const auto found = tasks_.find(task);
  ENSURE(found != tasks_.end() && found->second.missing == 0, task.value());
  found->second.state = TaskState::ready;
  ready_.emplace(cluster_.ranks[task.index()], task);
  start_tasks();
}

void DaskWorker::start_tasks() {
  while (!paused_ && running_ < options_.worker_threads && !ready_.empty()) {
    const TaskId task = ready_.begin()->second;
    ready_.erase(ready_.begin());
    tasks_.at(task).state = TaskState::running;
    ++running_;
    activities_->spawn(run_task(task), "Dask task");
  }
}

Task<> DaskWorker::run_task(TaskId task) {
  const std::vector<ObjectId> inputs = cluster_.dag.distinct_inputs(task);
  for (const ObjectId object : inputs) memory_.pin(object);
  co_await load_inputs(task);
  const Bytes outputs = cluster_.dag.output_bytes(task);
  Duration duration;
  {
    Reservation working(memory_, outputs + cluster_.dag.cost(task).memory);
    check_memory();
    co_await engine_.sleep(options_.task_overhead, "its event loop");
    const Time start = engine_.now();
    const auto status = co_await process_.execute(task);
    if (status != sim::ExecuteStatus::done) {
      doomed_ = true;
      check_memory();
      co_return;  // its nanny ends it
    }
    duration = engine_.now() - start;
  }
  for (const ObjectId object : inputs) memory_.unpin(object);
  for (const ObjectId object : cluster_.dag.outputs(task))
    memory_.add(object, cluster_.dag.size(object).actual);
  check_memory();
  co_await spill(memory_.spill_target());  // it blocks the event loop
  finish(task, duration);
}

Task<> DaskWorker::load_inputs(TaskId task) {
  for (const ObjectId object : cluster_.dag.distinct_inputs(task)) {
    if (!memory_.on_disk(object)) continue;
    const Bytes size = memory_.size(object);
    Reservation buffer(memory_, size);
    check_memory();
    sim::Span span(engine_, {sim::SpanKind::object, "load", host_.id.value(), object.value()});
    span.note("bytes", size.count());
    co_await use_disk(size, memory_.cached(object));
    memory_.moved_to_memory(object);
  }
}

void DaskWorker::finish(TaskId task, Duration duration) {
  tasks_.erase(task);
  --running_;
  outbound_.send(TaskFinished{id_, task, duration});
  start_tasks();
}

}  // namespace wukong::scheduler

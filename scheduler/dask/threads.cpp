#include "scheduler/dask/threads.h"

#include <algorithm>
#include <vector>

#include "scheduler/dask/common/order.h"
#include "scheduler/dask/common/task_memory.h"
#include "sim/accounting/usage.h"
#include "sim/base/fields.h"
#include "sim/engine/span.h"
#include "sim/hosts/machine.h"
#include "sim/hosts/task_runner.h"
#include "sim/hosts/values.h"
#include "sim/platform/platform.h"

namespace wukong::dask {

void DaskThreadsOptions::visit(FieldVisitor& v) {
  v.field("machine", machine);
  v.field("threads", threads, Bounds{1, 100'000});
  v.bytes("process_mb", process_memory);
  process.visit(v);
  v.duration("graph_time_ms", graph_time);
  v.duration("task_time_us", task_time);
  v.optional("idle_cluster", idle_cluster,
             [&](dask_common::DaskRental& cluster) { v.group("idle_cluster", cluster); });
}

namespace {

using engine::Task;

class DaskThreads final : public scheduler::System {
 public:
  DaskThreads(platform::Platform& platform, const dag::Dag& dag, const DaskThreadsOptions& options)
      : platform_(platform),
        engine_(platform.engine()),
        dag_(dag),
        options_(options),
        machine_(platform.rent(options.machine)),
        process_(platform, dag, machine_, machine_.type.memory, options.process),
        ranks_(dask_common::depth_first_ranks(dag)),
        finished_(platform.engine()),
        used_(options.process_memory) {
    platform.name_host(process_.host(), "Dask's process");
    rent_idle_machines();
    for (const TaskId task : dag.tasks())
      missing_.push_back(static_cast<uint32_t>(dag.predecessors(task).size()));
    for (const ObjectId object : dag.objects())
      readers_.push_back(static_cast<uint32_t>(dag.consumers(object).size()));
  }

  // The main thread.
  Task<scheduler::Failure> run() override {
    pool_.emplace(engine_);
    take_initial_objects();
    co_await engine_.sleep(options_.graph_time, "the graph's optimisation");
    ready_.assign(dag_.leaves().begin(), dag_.leaves().end());
    sort_last_first(ready_);
    size_t left = dag_.task_count();
    while (left > 0 && !failure_) {
      while (!ready_.empty() && running_ < options_.threads) co_await hand_out();
      const TaskId task = co_await finished_.receive("a task's end");
      if (!task.valid()) break;
      --running_;
      --left;
      take_back(task);
    }
    pool_.reset();
    co_return failure_;
  }

 private:
  void rent_idle_machines() {
    if (!options_.idle_cluster) return;
    const int64_t machines = options_.idle_cluster->billed_machines(dag_);
    for (int64_t i = 0; i < machines; ++i) platform_.rent(options_.idle_cluster->machine);
  }

  // The one that became ready last, and of those that did together the first by rank.
  Task<> hand_out() {
    const TaskId task = ready_.back();
    ready_.pop_back();
    ++running_;
    {
      const auto lock = co_await process_.interpreter().acquire("the interpreter's lock");
      const engine::Span span(engine_,
                              {engine::SpanKind::work, "scheduling", process_.host().id.value()});
      co_await engine_.sleep(options_.task_time, "the main thread");
    }
    pool_->spawn(execute(task), "Dask thread");
  }

  Task<> execute(TaskId task) {
    const Bytes working = dag_.cost(task).memory;
    const Bytes more = dag_.output_bytes(task) + working;
    if (!use(more)) run_out("task " + dag_.name(task), more);
    const auto status = co_await process_.execute(task);
    used_ -= working;
    if (status == hosts::ExecuteStatus::done)
      finished_.send(task);
    else
      fail("a task failed: " + dag_.name(task));
  }

  void take_back(TaskId task) {
    std::vector<TaskId> newly_ready;
    for (const TaskId successor : dag_.successors(task))
      if (--missing_[successor.index()] == 0) newly_ready.push_back(successor);
    sort_last_first(newly_ready);
    ready_.insert(ready_.end(), newly_ready.begin(), newly_ready.end());
    for (const ObjectId object : dag_.distinct_inputs(task))
      if (--readers_[object.index()] == 0) release(object);
  }

  // An object is released after its last reader; results stay.
  void release(ObjectId object) {
    used_ -= dag_.size(object).actual;
    platform_.values().drop(process_.host(), object);
  }

  void take_initial_objects() {
    for (const ObjectId object : dag_.objects()) {
      if (dag_.producer(object).valid() || dag_.absent(object)) continue;
      platform_.values().preload(process_.host(), object);
      const Bytes size = dag_.size(object).actual;
      if (!use(size)) run_out("the input " + dag_.name(object), size);
    }
  }

  // Linux ends a process that asks for more memory than there is.
  bool use(Bytes more) {
    used_ += more;
    return used_ <= machine_.type.memory;
  }
  void run_out(const std::string& user, Bytes more) {
    ++platform_.usage().worker_deaths;
    fail("its process ran out of memory: with " + user + ", which takes " +
         dask_common::dask_bytes_text(more) + ", it needs " + dask_common::dask_needed_text(used_) +
         ", and " + machine_.type.name + " has " +
         dask_common::dask_bytes_text(machine_.type.memory) + "; " + std::to_string(running_) +
         " tasks were running; a larger `machine` would help, or fewer `threads`");
  }

  void fail(std::string why) {
    if (!failure_) failure_ = std::move(why);
    finished_.send(TaskId::none());
  }

  void sort_last_first(std::vector<TaskId>& tasks) const {
    std::sort(tasks.begin(), tasks.end(),
              [this](TaskId a, TaskId b) { return ranks_[a.index()] > ranks_[b.index()]; });
  }

  platform::Platform& platform_;
  engine::Engine& engine_;
  const dag::Dag& dag_;
  const DaskThreadsOptions& options_;
  hosts::Machine& machine_;
  dask_common::DaskProcess process_;
  const std::vector<uint32_t> ranks_;  // of tasks: lower ones first
  engine::Channel<TaskId> finished_;   // to the main thread; none: the run has failed
  std::vector<TaskId> ready_;          // the last one is next
  std::vector<uint32_t> missing_;      // predecessors that have not ended, by task
  std::vector<uint32_t> readers_;      // that have not ended, by object
  int64_t running_ = 0;
  Bytes used_;
  scheduler::Failure failure_;
  std::optional<engine::TaskGroup> pool_;
};

}  // namespace

std::unique_ptr<scheduler::System> make_dask_threads(platform::Platform& platform,
                                                     const dag::Dag& dag,
                                                     const scheduler::Options& options) {
  return std::make_unique<DaskThreads>(platform, dag,
                                       dynamic_cast<const DaskThreadsOptions&>(options));
}

// One process on one machine uses no service that could fail.
scheduler::Promises promises_of_dask_threads(const scheduler::Options&) {
  return {.in_order_through = scheduler::Mishaps::all(),
          .completes_through = scheduler::Mishaps::all().without({scheduler::Mishap::worker_died}),
          .same_bytes = true,
          .same_invocations = true};
}

}  // namespace wukong::dask

#include "scheduler/dask.h"

#include <algorithm>
#include <vector>

#include "scheduler/dask_scheduler.h"
#include "sim/base/error.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {
namespace {

// Leaf tasks and objects that were persisted: what can be worked on side by side.
size_t partitions(const workloads::Dag& dag) {
  size_t persisted = 0;
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid()) ++persisted;
  return std::max(persisted, dag.leaves().size());
}

// An idle worker must not be paused already: it would wait for ever.
void check_memory(const DaskMemoryOptions& memory) {
  const double limit = static_cast<double>(memory.limit.count());
  const double least = std::min({memory.spill_process, memory.pause, memory.terminate}) * limit;
  if (static_cast<double>(memory.process.count()) < least) return;
  throw Error(ErrorPlace{.file = "", .line = 0, .key = "memory.process_mb"},
              "less than the limits for spilling, pausing and terminating",
              std::to_string(memory.process.count() / 1'000'000));
}

class Dask final : public System {
 public:
  Dask(sim::Platform& platform, const workloads::Dag& dag, const DaskOptions& options)
      : platform_(platform),
        engine_(platform.engine()),
        options_(options),
        cluster_(platform, dag, options) {
    check_memory(options.memory);
    rent_workers();
    scheduler_.emplace(cluster_);
  }
  ~Dask() override { shut_down(); }

  // What the client does: it submits the graph, and waits for the results.
  sim::Task<Failure> run() override {
    processes_.emplace(engine_);
    processes_->spawn(scheduler_->serve(), "Dask scheduler");
    processes_->spawn(scheduler_->steal_regularly(), "Dask work stealing");
    const auto tasks = static_cast<int64_t>(cluster_.dag.task_count());
    {
      const sim::Host& client = cluster_.scheduler_machine.host;  // in whose row it is shown
      const sim::Span span(engine_, {sim::SpanKind::work, "graph", client.id.value()});
      co_await engine_.sleep(options_.client.time, "the graph's optimisation");
      co_await engine_.sleep(tasks * options_.graph_time_per_task, "the graph's serialisation");
    }
    co_await engine_.sleep(options_.message_latency, "a message to the scheduler");
    cluster_.inbox.receive(GraphSubmitted{});
    co_await scheduler_->ended().wait("the scheduler");
    co_await engine_.sleep(options_.message_latency, "a message to the client");
    if (options_.gather_results) co_await gather_results();
    shut_down();
    co_return scheduler_->failure();
  }

 private:
  sim::Task<> gather_results() {
    sim::TaskGroup requests(engine_);
    for (const TaskId sink : cluster_.dag.sinks())
      for (const ObjectId object : cluster_.dag.outputs(sink))
        requests.spawn(gather(object), "Dask client");
    co_await requests.join();
  }

  // A result that is lost with its worker is computed again.
  sim::Task<> gather(ObjectId object) {
    while (true) {
      co_await scheduler_->ended().wait("the scheduler");
      if (scheduler_->failure()) co_return;
      const WorkerId holder = scheduler_->holder(object);
      bool received = false;
      if (holder.valid())
        received = co_await cluster_.workers[holder.index()].send_to_client(object);
      if (received) co_return;
      co_await engine_.sleep(options_.busy_wait, "another try of the client");
    }
  }

  void rent_workers() {
    const int64_t all = options_.machines * options_.workers_per_machine;
    const int64_t wanted = static_cast<int64_t>(partitions(cluster_.dag));
    const int64_t workers = std::clamp<int64_t>(wanted, 1, all);
    const int64_t machines = count_machines(workers);
    sim::LinkSpec disk;
    disk.rate = options_.disk;
    std::vector<const sim::Machine*> rented;
    std::vector<sim::LinkId> disks;
    for (int64_t i = 0; i < machines; ++i) {
      rented.push_back(&platform_.rent(options_.worker_machine));
      disks.push_back(platform_.network().add_link(disk));
    }
    const int64_t active = count_machines(std::min(workers, options_.active_workers.value_or(0)));
    for (int64_t i = 0; i < workers; ++i) {
      const auto machine = static_cast<size_t>(machine_of(i, active, machines));
      const WorkerId id(static_cast<size_t>(i));
      cluster_.workers.emplace_back(cluster_, id, *rented[machine], disks[machine]);
    }
  }

  int64_t count_machines(int64_t workers) const {
    return (workers + options_.workers_per_machine - 1) / options_.workers_per_machine;
  }

  // Dask takes workers in the order of their addresses. Workers with two cores and 3 GB each are
  // taken for containers with addresses of their own, so neighbours are on different machines: they
  // are dealt, the active ones to the first machines.
  int64_t machine_of(int64_t worker, int64_t active_machines, int64_t machines) const {
    const int64_t first = active_machines * options_.workers_per_machine;
    if (worker < first) return worker % active_machines;
    return active_machines + (worker - first) % (machines - active_machines);
  }

  void shut_down() {
    processes_.reset();
    for (DaskWorker& worker : cluster_.workers) worker.stop();
  }

  sim::Platform& platform_;
  sim::Engine& engine_;
  const DaskOptions& options_;
  DaskCluster cluster_;
  std::optional<DaskScheduler> scheduler_;
  std::optional<sim::TaskGroup> processes_;
};

}  // namespace

std::unique_ptr<System> make_dask(sim::Platform& platform, const workloads::Dag& dag,
                                  const Options& options) {
  return std::make_unique<Dask>(platform, dag, dynamic_cast<const DaskOptions&>(options));
}

}  // namespace wukong::scheduler

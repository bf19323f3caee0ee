#include "scheduler/dask/dask.h"

#include <algorithm>
#include <vector>

#include "scheduler/dask/scheduler/scheduler.h"
#include "sim/base/error.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {
namespace {

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
        received = co_await cluster_.workers[holder.index()].serving().send_to_client(object);
      if (received) co_return;
      co_await engine_.sleep(options_.busy_wait, "another try of the client");
    }
  }

  void rent_workers() {
    const DaskRental& rental = options_.workers;
    const int64_t billed = rental.billed_machines(cluster_.dag);
    std::vector<const sim::Machine*> machines;
    std::vector<sim::Disk> disks;
    for (int64_t i = 0; i < rental.machines; ++i) {
      const std::string& type = rental.machine;
      machines.push_back(i < billed ? &platform_.rent(type) : &platform_.borrow(type));
      disks.emplace_back(platform_.resources(), options_.disk);
    }
    for (int64_t i = 0; i < rental.workers(); ++i) {
      const WorkerId id(static_cast<size_t>(i));
      const size_t machine = cluster_.machine_of(id);
      cluster_.workers.emplace_back(cluster_, id, *machines[machine], disks[machine]);
    }
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

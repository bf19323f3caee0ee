#include "scheduler/dask/dask.h"

#include <algorithm>
#include <vector>

#include "scheduler/dask/scheduler/scheduler.h"
#include "sim/base/error.h"
#include "sim/engine/span.h"
#include "sim/hosts/machine.h"
#include "sim/platform/platform.h"

namespace wukong::dask {
namespace {

// An idle worker must not be paused already, and one that is paused must spill: it would wait for
// ever.
void check_memory(const dask_common::DaskMemoryOptions& memory) {
  if (memory.pause < memory.spill_process)
    throw Error(ErrorPlace{.file = "", .line = 0, .key = "memory.pause"},
                "at least memory.spill_process, " + std::to_string(memory.spill_process) +
                    ", for what is paused is to spill",
                std::to_string(memory.pause));
  const double limit = static_cast<double>(memory.limit.count());
  const double least = std::min({memory.spill_process, memory.pause, memory.terminate}) * limit;
  if (static_cast<double>(memory.process.count()) < least) return;
  throw Error(ErrorPlace{.file = "", .line = 0, .key = "memory.process_mb"},
              "less than the limits for spilling, pausing and terminating",
              std::to_string(memory.process.count() / 1'000'000));
}

class Dask final : public scheduler::System {
 public:
  Dask(platform::Platform& platform, const dag::Dag& dag, const dask_common::DaskOptions& options)
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
  engine::Task<scheduler::Failure> run() override {
    processes_.emplace(engine_);
    processes_->spawn(scheduler_->serve(), "Dask scheduler");
    processes_->spawn(scheduler_->steal_regularly(), "Dask work stealing");
    const auto tasks = static_cast<int64_t>(cluster_.dag.task_count());
    {
      const hosts::Host& client = cluster_.scheduler_machine.host;  // in whose row it is shown
      const engine::Span span(engine_, {engine::SpanKind::work, "graph", client.id.value()});
      co_await engine_.sleep(options_.client.time, "the graph's optimisation");
      co_await engine_.sleep(tasks * options_.graph_time_per_task, "the graph's serialisation");
    }
    co_await engine_.sleep(options_.message_latency, "a message to the scheduler");
    cluster_.inbox.receive(dask_common::GraphSubmitted{});
    co_await scheduler_->ended().wait("the scheduler");
    co_await engine_.sleep(options_.message_latency, "a message to the client");
    if (options_.gather_results) co_await gather_results();
    shut_down();
    co_return scheduler_->failure();
  }

 private:
  engine::Task<> gather_results() {
    engine::TaskGroup requests(engine_);
    for (const TaskId sink : cluster_.dag.sinks())
      for (const ObjectId object : cluster_.dag.outputs(sink))
        requests.spawn(gather(object), "Dask client");
    co_await requests.join();
    Bytes size;
    for (const TaskId sink : cluster_.dag.sinks()) size += cluster_.dag.output_bytes(sink);
    const hosts::Host& client = cluster_.scheduler_machine.host;  // in whose row it is shown
    const engine::Span span(engine_, {engine::SpanKind::work, "results", client.id.value()});
    co_await engine_.sleep(transfer_time(size, options_.client.results.unpickle),
                           "the client's copies of the results");
  }

  // A result that is lost with its worker is computed again.
  engine::Task<> gather(ObjectId object) {
    while (true) {
      co_await scheduler_->ended().wait("the scheduler");
      if (scheduler_->failure()) co_return;
      const dask_common::WorkerId holder = scheduler_->holder(object);
      bool received = false;
      if (holder.valid())
        received = co_await cluster_.workers[holder.index()].serving().send_to_client(object);
      if (received) co_return;
      co_await engine_.sleep(options_.busy_wait, "another try of the client");
    }
  }

  void rent_workers() {
    const dask_common::DaskRental& rental = options_.workers;
    const int64_t billed = rental.billed_machines(cluster_.dag);
    std::vector<const hosts::Machine*> machines;
    std::vector<network::Disk> disks;
    for (int64_t i = 0; i < rental.machines; ++i) {
      const std::string& type = rental.machine;
      machines.push_back(i < billed ? &platform_.rent(type) : &platform_.borrow(type));
      disks.emplace_back(platform_.resources(), options_.disk);
    }
    for (int64_t i = 0; i < rental.workers(); ++i) {
      const dask_common::WorkerId id(static_cast<size_t>(i));
      const size_t machine = cluster_.machine_of(id);
      cluster_.workers.emplace_back(cluster_, id, *machines[machine], disks[machine]);
    }
  }

  void shut_down() {
    processes_.reset();
    for (dask_worker::DaskWorker& worker : cluster_.workers) worker.stop();
  }

  platform::Platform& platform_;
  engine::Engine& engine_;
  const dask_common::DaskOptions& options_;
  dask_worker::DaskCluster cluster_;
  std::optional<dask_scheduler::DaskScheduler> scheduler_;
  std::optional<engine::TaskGroup> processes_;
};

}  // namespace

std::unique_ptr<scheduler::System> make_dask(platform::Platform& platform, const dag::Dag& dag,
                                             const scheduler::Options& options) {
  return std::make_unique<Dask>(platform, dag,
                                dynamic_cast<const dask_common::DaskOptions&>(options));
}

}  // namespace wukong::dask

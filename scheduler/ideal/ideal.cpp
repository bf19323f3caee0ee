#include "scheduler/ideal/ideal.h"

#include <algorithm>

#include "scheduler/policy/initial_objects.h"
#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/base/error.h"
#include "sim/engine/engine.h"
#include "sim/functions/lambda_billing.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"
#include "workloads/dag/statistics.h"

namespace wukong::ideal {
namespace {

using dag::Dag;

Bytes initial_bytes(const Dag& dag, TaskId task) {
  Bytes sum;
  for (const ObjectId object : dag.distinct_inputs(task))
    if (scheduler::is_initial(dag, object)) sum += dag.size(object).actual;
  return sum;
}

Bytes result_bytes(const Dag& dag, TaskId task) {
  Bytes sum;
  for (const ObjectId object : dag.outputs(task))
    if (dag.consumers(object).empty()) sum += dag.size(object).actual;
  return sum;
}

Duration slowest_path(const Dag& dag, std::span<const Duration> times, Bandwidth interface) {
  std::vector<Time> ends(dag.task_count());
  Time last;
  for (const TaskId task : dag.tasks()) {
    Time start = Time::zero() + transfer_time(initial_bytes(dag, task), interface);
    for (const TaskId before : dag.predecessors(task))
      start = std::max(start, ends[before.index()]);
    ends[task.index()] = start + times[task.index()];
    const Duration sending = transfer_time(result_bytes(dag, task), interface);
    last = std::max(last, ends[task.index()] + sending);
  }
  return last.since_start();
}

// S3 has no limit of its own; Redis has its shards' interfaces and threads.
Duration through_store(const Dag& dag, const platform::PlatformSpec& platform,
                       const storage::StoreSpec& store) {
  if (store.kind == storage::StoreKind::s3) return Duration::zero();
  Bytes in;
  Bytes out;
  for (const ObjectId object : dag.objects()) {
    if (!dag.consumers(object).empty() && scheduler::is_initial(dag, object))
      out += dag.size(object).actual;
    if (dag.consumers(object).empty() && dag.producer(object).valid())
      in += dag.size(object).actual;
  }
  const auto machine = platform.machines.find(store.machine);
  if (machine == platform.machines.end())
    throw Error(ErrorPlace{"", 0, "store.machine"}, "a machine of the platform", store.machine);
  const Bandwidth interface = machine->second.network.peak();
  const Duration by_one_shard =
      std::max({transfer_time(in, interface), transfer_time(out, interface),
                transfer_time(in + out, platform.redis.bandwidth)});
  return by_one_shard / store.shards;
}

class Ideal final : public scheduler::System {
 public:
  Ideal(platform::Platform& platform, const Dag& dag, const IdealOptions& options)
      : platform_(platform), bounds_(lower_bounds(dag, platform.spec(), options.store)) {}

  engine::Task<scheduler::Failure> run() override {
    const functions::LambdaSpec& functions = platform_.spec().functions;
    const functions::LambdaBilling billing(functions.billing, functions.memory_mb);
    platform_.ledger().charge(accounting::CostItem::functions, billing.time_price(bounds_.work));
    platform_.usage().spend(accounting::Activity::execute, bounds_.work);
    co_await platform_.engine().sleep(bounds_.makespan(), "the least possible time");
    co_return std::nullopt;
  }

 private:
  platform::Platform& platform_;
  LowerBounds bounds_;
};

}  // namespace

Duration LowerBounds::makespan() const {
  return std::max({critical_path, work_over_capacity, bytes_over_bandwidth});
}

LowerBounds lower_bounds(const Dag& dag, const platform::PlatformSpec& platform,
                         const storage::StoreSpec& store) {
  const functions::LambdaSpec& functions = platform.functions;
  const double vcpus = functions.environment.vcpus(functions.memory_mb);
  const std::vector<Duration> times = dag::task_times(dag, platform.compute, vcpus);
  const dag::Work work = dag::work_of(dag, times);
  LowerBounds bounds;
  bounds.critical_path = slowest_path(dag, times, functions.environment.network.peak());
  bounds.work_over_capacity =
      work.makespan_bound(static_cast<size_t>(functions.account_concurrency));
  bounds.bytes_over_bandwidth = through_store(dag, platform, store);
  bounds.work = work.work;
  return bounds;
}

std::unique_ptr<scheduler::System> make_ideal(platform::Platform& platform, const Dag& dag,
                                              const scheduler::Options& options) {
  return std::make_unique<Ideal>(platform, dag, dynamic_cast<const IdealOptions&>(options));
}

// It uses no service that could fail.
scheduler::Promises promises_of_ideal(const scheduler::Options&) {
  return {.in_order_through = scheduler::Mishaps::all(),
          .completes_through = scheduler::Mishaps::all(),
          .same_bytes = true,
          .same_invocations = true};
}

}  // namespace wukong::ideal

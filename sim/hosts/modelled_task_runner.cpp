#include "sim/hosts/modelled_task_runner.h"

#include <algorithm>

#include "sim/engine/sync.h"
#include "sim/fluid/fluid.h"
#include "sim/hosts/host.h"
#include "sim/hosts/interpreter.h"

namespace wukong::hosts {
namespace {

double speed_of(const Host& host, const TaskCost& cost) {
  return is_product(cost.kernel) ? host.product_speed : host.vcpu_speed;
}

// How many vCPUs' work its threads do at most: those that have a core to themselves do more.
double most_vcpus(const Host& host, const TaskCost& cost) {
  return std::min(cost.threads * host.lone_speed, host.vcpus);
}

// Of each of its threads, with no other task on the host.
double speed_alone(const Host& host, const TaskCost& cost) {
  const double threads = std::min<double>(cost.threads, host.vcpus);
  return speed_of(host, cost) * most_vcpus(host, cost) / threads;
}

}  // namespace

engine::Task<ExecuteStatus> ModelledTaskRunner::execute(const Host& host, TaskId task,
                                                        const TaskCost& cost) {
  accounting::TaskExecution execution(books_, host.id, task);
  if (cost.memory > host.memory) co_return ExecuteStatus::failed;
  for (const TaskCost& step : cost.earlier) co_await run_step(host, step);
  co_await run_step(host, cost);
  execution.stops();
  execution.succeeds(done_);
  co_return ExecuteStatus::done;
}

engine::Task<> ModelledTaskRunner::run_step(const Host& host, const TaskCost& cost) {
  const InterpreterLock lock = co_await hold_interpreter(host, cost);
  co_await take_memory(host, cost);
  const HostSpeed speed{speed_alone(host, cost), host.relative_speed};
  const Time alone = engine_.now() + step_time(cost, host.vcpus, spec_, speed);
  co_await share_machine(host, cost);
  const Duration given = given_time(cost, host.vcpus, host.relative_speed);
  const Time end = std::max(alone, engine_.now() + given);
  if (engine_.now() < end) co_await engine_.sleep_until(end, "the end of a task");
}

// The page faults of a recorded run are in its time.
engine::Task<> ModelledTaskRunner::take_memory(const Host& host, const TaskCost& cost) {
  if (!host.new_memory.valid() || cost.allocated == Bytes(0)) co_return;
  if (cost.recorded > Duration::zero()) co_return;
  co_await host.new_memory.pass(cost.allocated);
}

// Traffic and arithmetic overlap: the later of both counts.
engine::Task<> ModelledTaskRunner::share_machine(const Host& host, const TaskCost& cost) {
  engine::TaskGroup parts(engine_);
  if (host.memory_bus.valid() && cost.touched > Bytes(0))
    parts.spawn(share_memory_bus(host, cost), "memory traffic of a task");
  if (host.cores.valid() && cost.flops > 0)
    parts.spawn(share_cores(host, cost), "arithmetic of a task");
  co_await parts.join();
}

engine::Task<> ModelledTaskRunner::share_memory_bus(const Host& host, const TaskCost& cost) {
  const double vcpus = std::min<double>(cost.threads, host.vcpus) * speed_alone(host, cost);
  const double rate = static_cast<double>(spec_.memory_bandwidth.count()) * vcpus;
  const auto cap = Bandwidth::whole(rate);
  co_await host.memory_bus.pass(cost.touched, cap);
}

engine::Task<> ModelledTaskRunner::share_cores(const Host& host, const TaskCost& cost) {
  const Duration work = vcpu_time(cost, spec_, speed_of(host, cost));
  co_await host.cores.compute(work, most_vcpus(host, cost));
}

}  // namespace wukong::hosts

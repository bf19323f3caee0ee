#include "runtime/containers/container_task_runner.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include "runtime/loop/foreign_call.h"
#include "sim/hosts/compute.h"
#include "sim/hosts/host.h"
#include "sim/hosts/interpreter.h"

namespace wukong::containers {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

// What a container is to do; shared by the coroutine, which may be gone first, and the body.
struct ContainerTaskRunner::Job {
  const computations::Computation& computation;
  TaskId task;
  std::vector<kernels::Value> inputs;
  GivenTimes times;
  double vcpus;
};

struct ContainerTaskRunner::Outcome {
  std::vector<kernels::Value> outputs;
  std::string failure;  // empty: it was done
  steady_clock::time_point began;
  steady_clock::time_point ended;
  nanoseconds on_core{};
};

namespace {

void stay_busy(nanoseconds time) {
  const auto end = steady_clock::now() + time;
  while (steady_clock::now() < end) continue;
}

// With a share v < 1 of a core, what takes t alone takes t / v.
void stretch(nanoseconds on_core, double vcpus, Container& container) {
  if (vcpus >= 1) return;
  const auto more = static_cast<double>(on_core.count()) * (1 / vcpus - 1);
  container.sleep_for(nanoseconds(static_cast<int64_t>(more)));
}

}  // namespace

engine::Task<hosts::ExecuteStatus> ContainerTaskRunner::execute(const hosts::Host& host,
                                                                TaskId task,
                                                                const hosts::TaskCost& cost) {
  engine::Engine& engine = parts_.engine;
  accounting::TaskExecution execution(books_, host.id, task);
  if (!fits(host, task, cost)) {
    note_failure(task, "it needs more memory than its function has");
    co_return hosts::ExecuteStatus::failed;
  }
  const auto lock = co_await hosts::hold_interpreter_throughout(host, cost);
  const auto job = std::make_shared<const Job>(
      Job{parts_.computation, task, inputs_of(host, task), given_times(host, cost), host.vcpus});
  loop::ForeignCall<Outcome> call(engine, parts_.clock, "the end of a task");
  auto body = [job, reply = call.reply()](Container& container) {
    Outcome outcome;
    outcome.began = steady_clock::now();
    container.sleep_for(job->times.asleep);
    const auto computes = steady_clock::now();
    try {
      stay_busy(job->times.busy);
      outcome.outputs = job->computation.run_at(container, job->task, job->inputs);
    } catch (const std::exception& error) {
      outcome.failure = error.what();
    }
    outcome.on_core = steady_clock::now() - computes;
    stretch(outcome.on_core, job->vcpus, container);
    outcome.ended = steady_clock::now();
    reply(std::move(outcome));
  };
  const bool free = parts_.memory.pool().has_free_worker();
  const auto submitted = steady_clock::now();
  Container& container = parts_.memory.container(host);
  container.submit(std::move(body));
  if (kills_.chance(parts_.spec.container_kills)) parts_.memory.kill(host, container);
  std::optional<Outcome> end = co_await call;
  if (!end) {
    note_failure(task, "its container was killed");
    co_return hosts::ExecuteStatus::failed;
  }
  Outcome& outcome = *end;
  if (free) parts_.measurements.starts.add(outcome.began - submitted);
  parts_.measurements.ends.add(steady_clock::now() - outcome.ended);
  execution.stops();
  if (!outcome.failure.empty()) {
    note_failure(task, outcome.failure);
    co_return hosts::ExecuteStatus::failed;
  }
  const nanoseconds took = outcome.ended - outcome.began;
  if (!store(host, task, std::move(outcome))) {
    note_failure(task, "its outputs need more memory than its function has");
    co_return hosts::ExecuteStatus::failed;
  }
  const auto [time, first] = parts_.measurements.task_times.emplace(task, took);
  if (!first) time->second = std::min(time->second, took);
  execution.succeeds(done_);
  co_return hosts::ExecuteStatus::done;
}

bool ContainerTaskRunner::fits(const hosts::Host& host, TaskId task,
                               const hosts::TaskCost& cost) const {
  Bytes outputs;
  for (const ObjectId object : parts_.dag.outputs(task)) outputs += parts_.dag.size(object).actual;
  return parts_.memory.held(host) + outputs + cost.memory <= host.memory;
}

std::vector<kernels::Value> ContainerTaskRunner::inputs_of(const hosts::Host& host,
                                                           TaskId task) const {
  std::vector<kernels::Value> inputs;
  for (const ObjectId object : parts_.dag.inputs(task)) {
    if (parts_.dag.absent(object))
      inputs.emplace_back();
    else
      inputs.push_back(parts_.memory.get(host, object));
  }
  return inputs;
}

// A command takes the time that it takes; what was recorded of it is a description. Of busy time, a
// share below one vCPU is made up for afterwards, with the kernel's.
ContainerTaskRunner::GivenTimes ContainerTaskRunner::given_times(
    const hosts::Host& host, const hosts::TaskCost& cost) const {
  if (parts_.spec.command) return {};
  const loop::WallClock& clock = parts_.clock;
  if (parts_.spec.fixed_time == loop::FixedTime::sleep)
    return {clock.on_wall(hosts::given_time(cost, host.vcpus, host.relative_speed)), {}};
  const double vcpus = std::max(1.0, host.vcpus);
  return {clock.on_wall(cost.sleep),
          clock.on_wall(hosts::recorded_time(cost, vcpus, host.relative_speed))};
}

bool ContainerTaskRunner::store(const hosts::Host& host, TaskId task, Outcome outcome) {
  const auto objects = parts_.dag.outputs(task);
  ENSURE(outcome.outputs.size() == objects.size(), outcome.outputs.size(), objects.size());
  Bytes needed = parts_.memory.held(host);
  for (const kernels::Value& value : outcome.outputs) needed += value.size();
  if (needed > host.memory) return false;
  size_t next = 0;
  for (const ObjectId object : objects) {
    kernels::Value& value = outcome.outputs[next++];
    // Only a command makes what it likes.
    ENSURE(parts_.spec.command || value.size() == parts_.dag.size(object).actual,
           parts_.dag.name(object), value.size().count(), parts_.dag.size(object).actual.count());
    if (parts_.computation.keeps(object)) parts_.kept[object] = value;
    parts_.memory.add(host, object, std::move(value));
  }
  const loop::KernelKey kernel(parts_.dag.kind(task), parts_.dag.shape(task));
  parts_.measurements.kernels[kernel].add(outcome.on_core);
  return true;
}

void ContainerTaskRunner::note_failure(TaskId task, const std::string& reason) {
  parts_.measurements.failures.add(parts_.dag.name(task) + ": " + reason);
  parts_.measurements.failed_tasks.insert(task);
}

}  // namespace wukong::containers

#include "bench/oracle/task_time_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "sim/platform/platform_spec.h"

namespace wukong::oracle {
namespace {

// Formulas in doubles, of up to some thousand seconds, are off by less than this.
constexpr int64_t kRounding_ns = 4;
constexpr size_t kMemory = 1'000'000;  // the number of the part that comes first

bool is_vector_work(hosts::Kernel kernel) {
  using hosts::Kernel;
  for (const Kernel one :
       {Kernel::gemm, Kernel::syrk, Kernel::trsm, Kernel::cholesky, Kernel::lu, Kernel::svd})
    if (kernel == one) return true;
  return false;
}

double base_speed(const TaskRun& run) {
  return is_vector_work(run.cost.kernel) ? run.host.product_speed : run.host.vcpu_speed;
}

// Threads of the task that run at once, and how many vCPUs' work those do.
double threads_at_once(const TaskRun& run) {
  return std::min(static_cast<double>(run.cost.threads), run.host.vcpus);
}
double vcpus_of_work(const TaskRun& run) {
  return std::min(static_cast<double>(run.cost.threads) * run.host.lone_speed, run.host.vcpus);
}

// When a kernel of one process gets its interpreter's lock, nothing records.
bool may_wait_for_interpreter(const TaskRun& run) {
  return run.host.interpreter != nullptr && run.cost.kernel == hosts::Kernel::qr;
}

// Where one step ends and the next one begins is then known to nobody: so it takes at least the
// time that it would take alone.
bool shares_its_host(const TaskRun& run) {
  const hosts::Host& host = run.host;
  return host.interpreter != nullptr || host.new_memory.valid() || host.memory_bus.valid() ||
         host.cores.valid();
}

}  // namespace

// The sleep, and what was recorded elsewhere with a vCPU for each thread.
double TaskTimeCheck::given_s(const TaskRun& run) const {
  const double stretch = static_cast<double>(run.cost.threads) / threads_at_once(run);
  return run.cost.sleep.to_seconds() +
         run.cost.recorded.to_seconds() * stretch / run.host.relative_speed;
}

// With the host to itself.
double TaskTimeCheck::alone_s(const TaskRun& run) const {
  const double vcpus = base_speed(run) * vcpus_of_work(run);
  double work = 0;
  if (run.cost.flops > 0) {
    const double gflops = spec_.compute.gflops_per_vcpu[static_cast<size_t>(run.cost.kernel)];
    work = run.cost.flops / (gflops * 1e9 * vcpus);
  }
  if (run.cost.touched > Bytes(0)) {
    const auto per_vcpu = static_cast<double>(spec_.compute.memory_bandwidth.count());
    work = std::max(work, static_cast<double>(run.cost.touched.count()) / (per_vcpu * vcpus));
  }
  return given_s(run) + work;
}

// All steps of a fused task, each with the host to itself.
double TaskTimeCheck::all_alone_s(const TaskRun& run) const {
  double seconds = alone_s(run);
  for (const hosts::TaskCost& step : run.cost.earlier)
    seconds += alone_s({run.host, run.task, step});
  return seconds;
}

void TaskTimeCheck::on(Time time, const Asked& asked) {
  if (asked.service != Service::tasks || asked.task >= record_.tasks.size()) return;
  Execution& execution = executions_[asked.call];
  execution.run = &record_.tasks[asked.task];
  execution.begin = time;
  const auto& [host, task, cost] = *execution.run;
  if (!cost.earlier.empty() || may_wait_for_interpreter(*execution.run)) return;
  const bool page_faults = host.new_memory.valid() && cost.recorded == Duration::zero();
  if (page_faults && cost.allocated > Bytes(0) && cost.memory <= host.memory)
    execution.memory = Part{host.new_memory.resource(), cost.allocated.count(),
                            Bandwidth::unlimited().count(), false, std::nullopt};
  else
    begin_parts(execution, time);
}

void TaskTimeCheck::begin_parts(Execution& execution, Time time) {
  const auto& [host, task, cost] = *execution.run;
  execution.begin = time;
  if (host.memory_bus.valid() && cost.touched > Bytes(0)) {
    const double rate = static_cast<double>(spec_.compute.memory_bandwidth.count()) *
                        base_speed(*execution.run) * vcpus_of_work(*execution.run);
    execution.parts.push_back(
        {host.memory_bus.resource(), cost.touched.count(), static_cast<int64_t>(rate)});
  }
  if (host.cores.valid() && cost.flops > 0) {
    const double gflops = spec_.compute.gflops_per_vcpu[static_cast<size_t>(cost.kernel)];
    const double vcpu_s = cost.flops / (gflops * 1e9 * base_speed(*execution.run));
    execution.parts.push_back({host.cores.resource(), std::llround(vcpu_s * 1e9),
                               static_cast<int64_t>(vcpus_of_work(*execution.run) * 1e9)});
  }
}

// Amounts and rates are whole numbers of what doubles say, which may be rounded in another way.
bool TaskTimeCheck::fits(const Part& part, const fluid::Demand& demand) const {
  const auto near = [](int64_t a, int64_t b) { return std::llabs(a - b) <= 2 + (b >> 50); };
  return !part.begun && demand.resources.count == 1 && demand.resources.ids[0] == part.resource &&
         near(demand.amount.count(), part.amount) && near(demand.cap.count(), part.cap);
}

void TaskTimeCheck::on(Time time, const FlowAsked& asked) {
  for (auto& [call, execution] : executions_) {
    if (execution.memory && fits(*execution.memory, asked.demand)) {
      execution.memory->begun = true;
      flows_[asked.flow] = {call, kMemory};
      return;
    }
    for (size_t i = 0; i < execution.parts.size() && execution.begin == time; ++i) {
      if (!fits(execution.parts[i], asked.demand)) continue;
      execution.parts[i].begun = true;
      flows_[asked.flow] = {call, i};
      return;
    }
  }
}

void TaskTimeCheck::on(Time time, const FlowEnded& ended) {
  const auto found = flows_.find(ended.flow);
  if (found == flows_.end()) return;
  const auto [call, number] = found->second;
  flows_.erase(found);
  const auto execution = executions_.find(call);
  if (execution == executions_.end() || ended.end != fluid::FlowEnd::through) return;
  if (number == kMemory) {
    execution->second.memory->end = time;
    begin_parts(execution->second, time);
  } else {
    execution->second.parts[number].end = time;
  }
}

void TaskTimeCheck::on(Time time, const Answered& answered) {
  const auto found = executions_.find(answered.call);
  if (found == executions_.end()) return;
  const Execution execution = found->second;
  executions_.erase(found);
  const auto& [host, task, cost] = *execution.run;
  const std::string name = fmt::format("task {} on host {}", task.value(), host.id.value());
  const bool too_large = cost.memory > host.memory;
  const bool done = answered.status == storage::StoreStatus::ok;
  broken_.expect(done != too_large, name + " fails if and only if its memory does not suffice");
  if (!done || too_large) return;
  if (execution.memory)
    broken_.expect(execution.memory->end.has_value(), name + " does not wait for its new memory");
  const auto ns_of = [](double seconds) {
    return Duration::nanoseconds(std::llround(seconds * 1e9));
  };
  const size_t steps = cost.earlier.size() + 1;
  if (steps > 1 || may_wait_for_interpreter(*execution.run)) {
    const Time least = execution.begin + ns_of(all_alone_s(*execution.run));
    const int64_t late = (time - least).count_ns();
    const auto rounding = static_cast<int64_t>(steps) * kRounding_ns;
    return broken_.expect(
        late >= -rounding && (shares_its_host(*execution.run) || late <= rounding),
        fmt::format("{} of {} steps ends at {:.9f} s and not at {:.9f} s", name, steps,
                    time.to_seconds(), least.to_seconds()));
  }
  Time shared = execution.begin;
  for (const Part& part : execution.parts) {
    if (part.amount == 0) continue;
    if (!part.end) return broken_.expect(false, name + " does not get its share of its machine");
    shared = std::max(shared, *part.end);
  }
  const Time alone = execution.begin + ns_of(alone_s(*execution.run));
  const Time expected = std::max(alone, shared + ns_of(given_s(*execution.run)));
  broken_.expect(std::llabs((time - expected).count_ns()) <= kRounding_ns,
                 fmt::format("{} ends at {:.9f} s and not at {:.9f} s", name, time.to_seconds(),
                             expected.to_seconds()));
}

}  // namespace wukong::oracle

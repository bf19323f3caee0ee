#include "sim/hosts/compute.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/fields.h"

namespace wukong::hosts {
namespace {

constexpr double kGiga = 1e9;

Duration arithmetic_time(const TaskCost& cost, double vcpus, const ComputeSpec& spec) {
  if (cost.flops == 0) return Duration::zero();
  const double gflops = spec.gflops_per_vcpu[static_cast<size_t>(cost.kernel)];
  ENSURE(cost.flops > 0 && gflops > 0 && "a kernel with flops needs a rate",
         std::string(kKernelNames[static_cast<size_t>(cost.kernel)]), cost.flops, gflops);
  return Duration::from_seconds(cost.flops / (gflops * kGiga * vcpus));
}

Duration memory_time(const TaskCost& cost, double vcpus, const ComputeSpec& spec) {
  if (cost.touched == Bytes(0)) return Duration::zero();
  ENSURE(spec.memory_bandwidth.count() > 0, spec.memory_bandwidth.count());
  const double rate = static_cast<double>(spec.memory_bandwidth.count()) * vcpus;
  return Duration::from_seconds(static_cast<double>(cost.touched.count()) / rate);
}

}  // namespace

void ComputeSpec::visit(FieldVisitor& v) {
  v.begin("gflops_per_vcpu");
  for (size_t kernel = 0; kernel < kKernels; ++kernel)
    if (kernel != static_cast<size_t>(Kernel::none))
      v.field(kKernelNames[kernel], gflops_per_vcpu[kernel], kFactor);
  v.end();
  v.bandwidth("memory_bandwidth_per_vcpu_gb_per_s", memory_bandwidth);
}

TaskCost on_threads(const TaskCost& cost, int32_t threads) {
  ENSURE(cost.threads >= 1 && threads >= 1, cost.threads, threads);
  TaskCost fewer = cost;
  fewer.threads = std::min(cost.threads, threads);
  if (fewer.threads < cost.threads) fewer.recorded = recorded_time(cost, threads);
  for (TaskCost& step : fewer.earlier) step = on_threads(step, threads);
  return fewer;
}

Duration execution_time(const TaskCost& cost, double vcpus, const ComputeSpec& spec,
                        HostSpeed speed) {
  Duration time;
  for_each_step(cost, [&](const TaskCost& step) { time += step_time(step, vcpus, spec, speed); });
  return time;
}

Duration step_time(const TaskCost& cost, double vcpus, const ComputeSpec& spec, HostSpeed speed) {
  ENSURE(cost.threads >= 1 && vcpus > 0 && speed.rates > 0, cost.threads, vcpus, speed.rates);
  const double rate = std::min<double>(cost.threads, vcpus) * speed.rates;
  return given_time(cost, vcpus, speed.recorded) +
         std::max(arithmetic_time(cost, rate, spec), memory_time(cost, rate, spec));
}

Duration vcpu_time(const TaskCost& cost, const ComputeSpec& spec, double speed) {
  return arithmetic_time(cost, speed, spec);
}

Duration recorded_time(const TaskCost& cost, double vcpus, double speed) {
  ENSURE(vcpus > 0 && speed > 0, vcpus, speed);
  const double threads = cost.threads;
  const double stretch = threads / std::min(threads, vcpus) / speed;
  return stretch == 1 ? cost.recorded : scaled(cost.recorded, stretch);
}

Duration given_time(const TaskCost& cost, double vcpus, double speed) {
  return cost.sleep + recorded_time(cost, vcpus, speed);
}

}  // namespace wukong::hosts

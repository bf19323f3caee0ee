// How long a task takes on a host: the task says what it costs (task_cost.h), the platform how fast
// it computes (ComputeSpec: flop/s per vCPU by kernel, memory bandwidth).
#pragma once

#include <array>

#include "sim/hosts/task_cost.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::hosts {

struct ComputeSpec {
  // flop/s of one vCPU of a function that runs the kernel alone. Kernel::none has none.
  std::array<double, kKernels> gflops_per_vcpu{};
  Bandwidth memory_bandwidth;  // of one vCPU

  void visit(FieldVisitor& v);
};

// How fast a host is. 1: as ComputeSpec says.
struct HostSpeed {
  double rates = 1;     // of arithmetic and memory
  double recorded = 1;  // at what was recorded elsewhere: among the hosts of its kind
};

// sleep + recorded time + max(flops / rate, touched / memory bandwidth), where the rate is that of
// as many vCPUs as both the task can use and the host has; a host with less than one vCPU runs one
// thread at its share; summed over the steps of a task.
Duration execution_time(const TaskCost& cost, double vcpus, const ComputeSpec& spec,
                        HostSpeed speed = {});

// The same without the steps before the last one.
Duration step_time(const TaskCost& cost, double vcpus, const ComputeSpec& spec,
                   HostSpeed speed = {});

// Parts of the last step's: arithmetic, as the time of one vCPU, which threads divide among them;
// and what is known without a rate, the sleep and the recorded time, which is stretched by threads
// / vCPUs where those are fewer.
Duration vcpu_time(const TaskCost& cost, const ComputeSpec& spec, double speed = 1);
Duration recorded_time(const TaskCost& cost, double vcpus, double speed = 1);
Duration given_time(const TaskCost& cost, double vcpus, double speed = 1);

}  // namespace wukong::hosts

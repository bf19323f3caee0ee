// What a task costs, and how long that takes on a host.
//
// The workload says what is to be done (flops by kernel, bytes touched, threads, a fixed time); the
// platform says how fast it does it (ComputeSpec: flop/s per vCPU by kernel, memory bandwidth).
#pragma once

#include <array>
#include <string_view>

#include "sim/base/bytes.h"
#include "sim/base/fields.h"
#include "sim/base/time.h"
#include "sim/platform/host.h"

namespace wukong::sim {

enum class Kernel : uint8_t {
  none,      // no arithmetic: moves or waits
  generate,  // random input data
  gemm,
  qr,
  svd,
  cholesky,
  trsm,
  syrk,
  lu,
  add,
  transpose,
  predict,  // classification by a support vector machine
};
constexpr std::string_view kKernelNames[] = {"none", "generate", "gemm",      "qr",
                                             "svd",  "cholesky", "trsm",      "syrk",
                                             "lu",   "add",      "transpose", "predict"};
constexpr size_t kKernels = std::size(kKernelNames);

// Level 3 of BLAS, and what LAPACK makes of it: bound by arithmetic, which vector units do.
constexpr bool is_product(Kernel kernel) {
  return kernel == Kernel::gemm || kernel == Kernel::syrk || kernel == Kernel::trsm ||
         kernel == Kernel::cholesky || kernel == Kernel::lu || kernel == Kernel::svd;
}

constexpr int32_t kEveryThread = 1024;

struct TaskCost {
  Kernel kernel = Kernel::none;
  double flops = 0;
  Bytes touched;        // memory traffic of the kernel: inputs read and outputs written once
  int32_t threads = 1;  // how many it can use; kEveryThread: as many as there are
  Duration fixed;  // a time that does not depend on the kernel's rate: a sleep, a recorded run time
  Bytes memory;    // what must fit beside its inputs and outputs; 0: nothing more than those
  // New memory that its process gets from the kernel for `memory` and for its outputs. A workload
  // leaves it 0: a scheduler whose processes wait for new memory (Host::new_memory) fills it in
  // before it has the task executed.
  Bytes allocated;
};

struct ComputeSpec {
  // flop/s of one vCPU of a function that runs the kernel alone. Kernel::none has none.
  std::array<double, kKernels> gflops_per_vcpu{};
  Bandwidth memory_bandwidth;  // of one vCPU

  void visit(FieldVisitor& v);
};

// fixed + max(flops / rate, touched / memory bandwidth), where the rate is that of as many vCPUs as
// both the task can use and the host has; a host with less than one vCPU runs one thread at its
// share. A fixed time stretches where the host has fewer vCPUs than the task has threads.
// `speed` multiplies both rates.
Duration execution_time(const TaskCost& cost, double vcpus, const ComputeSpec& spec,
                        double speed = 1);

// The two parts of it: arithmetic, as the time of one vCPU, which threads divide among them, and
// the fixed time.
Duration vcpu_time(const TaskCost& cost, const ComputeSpec& spec, double speed = 1);
Duration fixed_time(const TaskCost& cost, double vcpus);

}  // namespace wukong::sim

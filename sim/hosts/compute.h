// What a task costs, and how long that takes on a host.
//
// The workload says what is to be done (flops by kernel, bytes touched, threads), or how long it
// took elsewhere, or that it sleeps; the platform says how fast it computes (ComputeSpec: flop/s
// per vCPU by kernel, memory bandwidth).
#pragma once

#include <array>
#include <string_view>

#include "sim/base/bytes.h"
#include "sim/base/fields.h"
#include "sim/base/time.h"
#include "sim/hosts/host.h"

namespace wukong::hosts {

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
  Duration sleep;       // it waits so long, on any host, and computes nothing meanwhile
  // What a run on as many vCPUs as it has threads took elsewhere, in place of flops and touched
  // bytes: arithmetic, memory traffic and page faults are in it, and are not paid again. It
  // stretches where there are fewer vCPUs, and on a host that is slow among those of its kind.
  Duration recorded;
  Bytes memory;  // what must fit beside its inputs and outputs; 0: nothing more than those
  // New memory that its process gets from the kernel for `memory` and for its outputs. A workload
  // leaves it 0: a scheduler whose processes wait for new memory (Host::new_memory) fills it in
  // before it has the task executed.
  Bytes allocated;
};

// The same task in a program that has no more than so many threads.
TaskCost on_threads(const TaskCost& cost, int32_t threads);

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
// thread at its share.
Duration execution_time(const TaskCost& cost, double vcpus, const ComputeSpec& spec,
                        HostSpeed speed = {});

// Parts of it: arithmetic, as the time of one vCPU, which threads divide among them; and what is
// known without a rate, the sleep and the recorded time, which is stretched by threads / vCPUs
// where those are fewer.
Duration vcpu_time(const TaskCost& cost, const ComputeSpec& spec, double speed = 1);
Duration recorded_time(const TaskCost& cost, double vcpus, double speed = 1);
Duration given_time(const TaskCost& cost, double vcpus, double speed = 1);

}  // namespace wukong::hosts

// What a task costs, whoever executes it: what is to be done (flops by kernel, bytes touched,
// threads), or how long it took elsewhere, or that it sleeps. How long that takes on a host is said
// by compute.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

#include "sim/base/bytes.h"
#include "sim/base/time.h"

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
  // What the same task does before this, one step after another: the costs of tasks that were fused
  // into it (dag::fuse_linear_chains). `memory` above is that of the whole task.
  std::vector<TaskCost> earlier = {};
};

// Each step of a task, in their order.
template <class Visit>
void for_each_step(const TaskCost& cost, const Visit& visit) {
  for (const TaskCost& step : cost.earlier) visit(step);
  visit(cost);
}

// The same task in a program that has no more than so many threads.
TaskCost on_threads(const TaskCost& cost, int32_t threads);

}  // namespace wukong::hosts

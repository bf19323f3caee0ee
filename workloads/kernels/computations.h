// The registry of computations: which workload computes what. A workload that is not named there
// gets digests, if its tasks do no arithmetic.
#pragma once

#include <memory>

#include "workloads/kernels/computation.h"
#include "workloads/workload.h"

namespace wukong::workloads {

// REQUIRES: `dag` was made from `parameters` in this form; it outlives the computation. Throws
// Error if the program cannot really run the workload.
std::unique_ptr<Computation> make_computation(const Workload& workload,
                                              const WorkloadParameters& parameters, const Dag& dag,
                                              DagForm form, uint64_t seed);

}  // namespace wukong::workloads

// The registry of computations: which workload computes what. A workload that is not named there
// gets digests, if its tasks do no arithmetic.
#pragma once

#include <memory>

#include "workloads/catalog/workload.h"
#include "workloads/computations/computation.h"

namespace wukong::computations {

// REQUIRES: `dag` was made from `parameters` in this form; it outlives the computation. Throws
// Error if the program cannot really run the workload.
std::unique_ptr<Computation> make_computation(const workloads::Workload& workload,
                                              const workloads::WorkloadParameters& parameters,
                                              const dag::Dag& dag, dag::DagForm form,
                                              uint64_t seed);

}  // namespace wukong::computations

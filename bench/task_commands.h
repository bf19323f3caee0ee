// The computation of an experiment's tasks: the workload's kernels, or the commands of its section
// `emulation`.
#pragma once

#include <memory>

#include "bench/experiment.h"

namespace wukong::bench {

// Throws Error, placed where the workload or the command was written, if there is none.
std::unique_ptr<workloads::Computation> make_computation(const Experiment& experiment,
                                                         const workloads::Dag& dag,
                                                         workloads::DagForm form, uint64_t seed);

}  // namespace wukong::bench

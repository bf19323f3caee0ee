// The computation of an experiment's tasks: the workload's kernels, or the commands of its section
// `emulation`.
#pragma once

#include <memory>

#include "bench/experiment/experiment.h"

namespace wukong::experiment {

// Throws Error, placed where the workload or the command was written, if there is none.
std::unique_ptr<computations::Computation> make_computation(const Experiment& experiment,
                                                            const dag::Dag& dag, dag::DagForm form,
                                                            uint64_t seed);

}  // namespace wukong::experiment

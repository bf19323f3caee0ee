// The computation of an experiment's tasks: the workload's kernels, or the commands of its section
// `emulation`.
#pragma once

#include <memory>

#include "workloads/dag/dag_form.h"

namespace wukong::computations {
class Computation;
}  // namespace wukong::computations

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::experiment {
struct Experiment;
}  // namespace wukong::experiment

namespace wukong::experiment {

// Throws Error, placed where the workload or the command was written, if there is none.
std::unique_ptr<computations::Computation> make_computation(const Experiment& experiment,
                                                            const dag::Dag& dag, dag::DagForm form,
                                                            uint64_t seed);

}  // namespace wukong::experiment

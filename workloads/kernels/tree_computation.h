// The computation of a tree reduction of the numbers 1, 2, ... n.
#pragma once

#include <memory>

#include "workloads/kernels/computation.h"
#include "workloads/tree_reduction.h"

namespace wukong::workloads {

// Throws Error if a value cannot hold a number.
std::unique_ptr<Computation> compute_tree_reduction(const TreeReductionParameters& parameters,
                                                    const Dag& dag, DagForm form, uint64_t seed);

}  // namespace wukong::workloads

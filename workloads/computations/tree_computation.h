// The computation of a tree reduction of the numbers 1, 2, ... n.
#pragma once

#include <memory>

#include "workloads/computations/computation.h"
#include "workloads/generators/tree_reduction.h"

namespace wukong::computations {

// Throws Error if a value cannot hold a number.
std::unique_ptr<Computation> compute_tree_reduction(
    const generators::TreeReductionParameters& parameters, const dag::Dag& dag, dag::DagForm form,
    uint64_t seed);

}  // namespace wukong::computations

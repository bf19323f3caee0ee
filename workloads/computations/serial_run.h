// The whole DAG once more, one task after another: what results are compared with where nothing
// else tells whether they are right.
#pragma once

#include "workloads/computations/computation.h"
#include "workloads/computations/dense_computation.h"

namespace wukong::computations {

// The residual is the part of the results in which some byte differs.
Verification compare_with_serial_run(const dag::Dag& dag, const Computation& computation,
                                     const Results& results);

}  // namespace wukong::computations

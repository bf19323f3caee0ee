// BLAS and LAPACK, loaded when a kernel first needs them: they take hundreds of megabytes of
// address space and start threads, and a simulation has no use for them.
#pragma once

#include "workloads/kernels/numeric_functions.h"

namespace wukong::kernels {

// From any thread. Throws Error if the module is not beside the program, or cannot be loaded.
const NumericFunctions& numeric();

}  // namespace wukong::kernels

// Runs for real: tasks of one's own as a Computation. Part of the API of this version (version.h).
#pragma once

#include "bench/simulation/emulate.h"            // IWYU pragma: export
#include "workloads/computations/computation.h"  // IWYU pragma: export

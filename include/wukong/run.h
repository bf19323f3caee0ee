// Experiments and single runs: read or made of presets, run, and their results. Part of the API of
// this version (version.h).
#pragma once

#include "bench/experiment/catalog.h"       // IWYU pragma: export
#include "bench/experiment/experiment.h"    // IWYU pragma: export
#include "bench/experiment/preset_setup.h"  // IWYU pragma: export
#include "bench/result/result_json.h"       // IWYU pragma: export
#include "bench/run/job.h"                  // IWYU pragma: export
#include "bench/run/run_result.h"           // IWYU pragma: export
#include "bench/simulation/run.h"           // IWYU pragma: export
#include "bench/simulation/simulation.h"    // IWYU pragma: export
#include "sim/base/error.h"                 // IWYU pragma: export
#include "workloads/generators/layered.h"   // IWYU pragma: export

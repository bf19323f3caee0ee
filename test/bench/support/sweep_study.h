// Sweeps of the test catalog's systems, and what they gave.
#pragma once

#include <string>

#include "bench/results/export.h"
#include "bench/sweep/sweep_runner.h"
#include "test/bench/support/test_catalog.h"

namespace wukong::bench {

// A sweep's YAML, with a platform and a workload that take no time.
SweepPlan test_sweep(const std::string& more, const Catalog& catalog);

Study study_in(const std::string& results);

// All runs with all metrics, as CSV.
std::string runs_text(const Study& study);

}  // namespace wukong::bench

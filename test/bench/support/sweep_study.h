// Sweeps of the test catalog's systems, and what they gave.
#pragma once

#include <string>

#include "bench/exports/export.h"
#include "bench/sweep_runner/sweep_runner.h"
#include "test/bench/support/test_catalog.h"

namespace wukong::test {

// A sweep's YAML, with a platform and a workload that take no time.
sweep::SweepPlan test_sweep(const std::string& more, const experiment::Catalog& catalog);

results::Study study_in(const std::string& results);

// All runs with all metrics, as CSV.
std::string runs_text(const results::Study& study);

}  // namespace wukong::test

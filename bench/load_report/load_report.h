// What people see of a load's results, beside the table that every run has: each kind of jobs in a
// line, how the concurrency went over time, what failed; and a picture of the distributions.
#pragma once

#include <span>
#include <string>

#include "bench/run/run_result.h"

namespace wukong::load_report {

// Of the first run, whose load it shows. REQUIRES: the runs are those of one system's load.
std::string load_text(std::span<const run::RunResult> runs, size_t width);

// A line for each run: above the share of jobs that have their results after so long, below the
// functions that run over time. `output` ends in .svg, .png or .pdf. Throws Error if it cannot be
// drawn. REQUIRES: each is of a load.
void draw_load(std::span<const run::RunResult> runs, const std::string& output);

}  // namespace wukong::load_report

// The results of an experiment as text for a terminal.
#pragma once

#include <span>
#include <string>

#include "bench/text/output_width.h"

namespace wukong::experiment {
struct Experiment;
}  // namespace wukong::experiment

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::report {

// One system after the other, all quantities.
std::string report_runs(const experiment::Experiment& experiment,
                        std::span<const run::RunResult> results, size_t width = text::kUsualWidth);

// What reports have in common.
// The replicates of the experiment's system number `system`.
std::span<const run::RunResult> runs_of(const experiment::Experiment& experiment,
                                        std::span<const run::RunResult> results, size_t system);
// "tsqr (rows 1024, ...), seed 1": what was run.
std::string headline_text(const experiment::Experiment& experiment);
// How many of a system's runs failed, and why the first one did; nothing if none has. The first
// line says what happened; a deadlock's report goes on with the processes that wait.
std::string failures_text(std::span<const run::RunResult> runs, size_t width);

}  // namespace wukong::report

// A user's SQL on a results file, read-only. Beside the tables there is a view `results`: one row
// for each run of the sweep that was added last, with a column for each axis and for each metric.
#pragma once

#include <chrono>
#include <string>

#include "bench/results/study.h"

namespace wukong::results {

// Puts the view into the file, for the sweep that was added last, so that other programs find it:
// sqlite3 study.db 'SELECT * FROM results'.
void write_results_view(ResultStore& store);

// As CSV with a header. An error of the statement is an Error with SQLite's words; so is one that
// takes longer than `longest`. Throws QueryInterrupted at a signal.
std::string query_results(ResultStore& store, const Study& study, const std::string& sql,
                          std::chrono::nanoseconds longest = std::chrono::minutes(10));

}  // namespace wukong::results

// A figure's points as CSV, for spreadsheets and plotting programs.
#pragma once

#include <string>

#include "bench/reproduction/reproduction.h"

namespace wukong::reproduction_report {

// Columns: series, x, simulated, min, max, paper, error_percent, failed_replicates. `fail` for
// points that do; what is not known is empty.
std::string figure_csv(const reproduction::FigureResult& figure);

}  // namespace wukong::reproduction_report

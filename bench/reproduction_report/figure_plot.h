// A figure as a gnuplot script: simulated means with bars from the least to the greatest replicate,
// the paper's values as hollow marks beside them, and a cross at the top edge for what fails.
#pragma once

#include <string>

#include "bench/reproduction/reproduction.h"

namespace wukong::reproduction_report {

// Written to the standard output, as SVG or PNG; or, to be kept, both as <figure>.svg and
// <figure>.png in the folder where the script runs.
enum class PlotScript { svg, png, files };

std::string figure_plot_script(const reproduction::FigureResult& figure, PlotScript form);

}  // namespace wukong::reproduction_report

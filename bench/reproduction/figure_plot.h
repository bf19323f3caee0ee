// A figure as a gnuplot script that draws <figure>.svg and <figure>.png in the folder where it
// runs: simulated means with bars from the least to the greatest replicate, the paper's values as
// hollow marks beside them, and a cross at the top edge for what fails.
#pragma once

#include <string>

#include "bench/reproduction/reproduction.h"

namespace wukong::bench {

std::string figure_plot_script(const FigureResult& figure);

}  // namespace wukong::bench

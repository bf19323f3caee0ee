// A plot of a metric against an axis, with the intervals of the means, drawn by gnuplot: a line or
// a group of bars for each system, and for each combination of the axes that are not drawn.
#pragma once

#include <map>
#include <string>

#include "bench/results/study.h"

namespace wukong::bench {

enum class PlotKind { line, bar };

struct PlotOptions {
  size_t metric = 0;
  size_t axis = 0;  // along x
  PlotKind kind = PlotKind::line;
  double confidence = 0.95;
  std::map<size_t, std::string> where;  // axis to value: only those points
  std::string output;                   // .svg, .png or .pdf
};

// The program for gnuplot; draws into `options.output`. Throws Error if there is nothing to draw.
std::string plot_script(const Study& study, const PlotOptions& options);

// Runs gnuplot. Throws Error if it is not installed or fails.
void draw_plot(const Study& study, const PlotOptions& options);

}  // namespace wukong::bench

// A plot of metrics against an axis of a sweep, with the intervals of the means, drawn by gnuplot:
// a line or a group of bars for each system, and for each combination of the axes that are not
// drawn. A panel for each metric and for each value of the axis that `facet` names; below all of
// them one legend, so that it never covers data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bench/results/study.h"

namespace wukong::exports {

enum class PlotKind { line, bar };

struct PlotOptions {
  std::vector<size_t> metrics = {0};
  size_t axis = 0;              // along x
  std::optional<size_t> facet;  // a panel for each of its values
  PlotKind kind = PlotKind::line;
  // None: logarithmic along x if the values grow by factors; never along y.
  std::optional<bool> log_x;
  bool log_y = false;
  double confidence = 0.95;
  std::map<size_t, std::string> where;  // axis to value: only those points
  std::string output;                   // .svg, .png or .pdf
};

// The program for gnuplot, which writes the picture to its standard output. Throws Error if there
// is nothing to draw.
std::string plot_script(const results::Study& study, const PlotOptions& options);

// Runs gnuplot. Throws Error if it is not installed or fails; then an older picture stays.
void draw_plot(const results::Study& study, const PlotOptions& options);

}  // namespace wukong::exports

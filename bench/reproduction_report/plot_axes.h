// Where the points of a figure stand in its plot: positions on the x axis, and ranges of both axes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/reproduction/reproduction.h"

namespace wukong::reproduction_report {

// What an axis label means: "32.7k" is 32,700, "1.0M" is 1,000,000; none for a name.
std::optional<double> number_of_label(const std::string& label);

struct AxisRange {
  double least = 0;
  double most = 1;
};

struct PlotAxes {
  // The labels are names, one step apart; else they are numbers.
  bool categories = false;
  bool log_x = false;
  bool log_y = false;
  std::vector<double> positions;  // by x
  AxisRange x;
  AxisRange y;
  int label_angle = 0;           // degrees, so that the labels of x do not overlap
  std::vector<double> y_labels;  // none: gnuplot's own
};

// Room is left at the top if a point fails in the paper or here.
PlotAxes plot_axes(const reproduction::FigureResult& figure);

}  // namespace wukong::reproduction_report

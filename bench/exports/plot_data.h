// What a plot shows, before there are places and colours: panels of lines of means.
#pragma once

#include <string>
#include <vector>

#include "bench/exports/plot.h"

namespace wukong::exports {

struct PlotMark {
  size_t x = 0;  // of the values along x
  results::Sample sample;
};

struct PlotPanel {
  std::string title;  // of the facet; empty: there is one
  size_t metric = 0;
  std::vector<std::vector<PlotMark>> lines;  // by line, in the order of x
};

struct PlotData {
  std::vector<std::string> x;      // in the order of the axis; numbers from the least on
  bool numbers = false;            // all of x are
  std::vector<std::string> lines;  // what the legend says
  std::vector<PlotPanel> panels;   // by metric, then by facet
};

// Throws Error if there is nothing to draw, or more than fits.
PlotData plot_data(const results::Study& study, const PlotOptions& options);

}  // namespace wukong::exports

// Where the parts of a plot stand on its sheet: all in pixels from the top left, computed from what
// has to be written, so that nothing is cut and nothing covers anything.
#pragma once

#include <string>
#include <vector>

#include "bench/exports/plot_data.h"

namespace wukong::exports {

// About the width and height of text in the font of the plot.
constexpr double kFontSize = 15;
constexpr double kCharacterWidth = 8.6;

struct PlotBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

struct PlotLayout {
  double width = 0;
  double height = 0;
  std::vector<PlotBox> panels;  // what the axes enclose
  std::vector<PlotBox> legend;  // by line: its sample, with the text to the right of it
  std::vector<std::string> legend_texts;
  bool slanted = false;   // the labels along x
  size_t label_step = 1;  // each so-many-th value along x has a label
};

PlotLayout plot_layout(const PlotData& data, const std::vector<std::string>& x_labels);

// Characters, not bytes.
size_t text_width(const std::string& text);

}  // namespace wukong::exports

// How a figure is simulated and drawn: its description (configs/reproduction/<figure>.yaml),
// checked against the paper's figure. A point's parameters are the description's `experiment` with
// the entry of its series laid over it, then the entry of its x; there are no parameters for a
// single point.
#pragma once

#include <string>
#include <vector>

#include "bench/parameters/parameter_tree.h"
#include "bench/reproduction/reference_figure.h"
#include "bench/result/metric.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::reproduction {

struct PlotStyle {
  enum class Form { lines, bars };
  enum class Scale { linear, log };
  Form form = Form::lines;
  Scale x = Scale::linear;
  Scale y = Scale::linear;

  void visit(FieldVisitor& v);
};

// One point of a figure; series and x are indices into the figure's.
struct PointSetup {
  size_t series;
  size_t x;
  const result::Metric* metric;
  // Sections platform, workload, system and perhaps seed.
  parameters::ParameterTree parameters;
};

struct FigureSetup {
  const ReferenceFigure* reference;
  std::string note;  // what is assumed in simulating it; may be empty
  PlotStyle plot;
  // Every x of the first series, then of the next one.
  std::vector<PointSetup> points;
};

// `reference` must outlive the setup. Throws Error placed in the description's file.
FigureSetup make_figure_setup(const ReferenceFigure& reference,
                              const parameters::ParameterTree& description);

}  // namespace wukong::reproduction

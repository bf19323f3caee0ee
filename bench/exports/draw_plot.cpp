#include "bench/exports/plot.h"
#include "bench/plot/gnuplot.h"

namespace wukong::exports {

void draw_plot(const results::Study& study, const PlotOptions& options) {
  const plot::Drawing drawing{plot_script(study, options), options.output};
  plot::draw_with_gnuplot({&drawing, 1}, 1);
}

}  // namespace wukong::exports

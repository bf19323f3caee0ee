#include "bench/gnuplot.h"
#include "bench/results/plot.h"

namespace wukong::bench {

void draw_plot(const Study& study, const PlotOptions& options) {
  const Drawing drawing{plot_script(study, options), options.output};
  draw_with_gnuplot({&drawing, 1}, 1);
}

}  // namespace wukong::bench

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "bench/load_report/load_report.h"
#include "bench/plot/colours.h"
#include "bench/plot/gnuplot.h"
#include "bench/plot/gnuplot_text.h"
#include "bench/text/format.h"
#include "sim/base/check.h"

namespace wukong::load_report {
namespace {

using plot::kColours;

std::string terminal_for(const std::string& output) {
  if (output.ends_with(".png")) return "pngcairo size 1140,1080 font 'sans,16' linewidth 1.4";
  if (output.ends_with(".pdf")) return "pdfcairo size 7.6in,7.2in font 'sans,11'";
  return "svg size 760,720 dynamic font 'sans-serif,15'";
}

// Of a thousand jobs, who has the results after how long.
std::string distribution_block(size_t number, const statistics::QuantileSketch& response) {
  constexpr int kSteps = 400;
  std::string block = fmt::format("$response{} << EOD\n", number);
  for (int i = 0; i <= kSteps && response.count() > 0; ++i) {
    const double q = static_cast<double>(i) / kSteps;
    block += plot::gnuplot_number(text::seconds_of(response.quantile(q))) + " " +
             plot::gnuplot_number(q) + "\n";
  }
  return block + "EOD\n";
}

std::string time_line_block(size_t number, const run::TimeLine& line) {
  std::string block = fmt::format("$running{} << EOD\n", number);
  for (size_t i = 0; i < line.means.size(); ++i)
    block += plot::gnuplot_number(text::seconds_of(line.part) * static_cast<double>(i)) + " " +
             plot::gnuplot_number(line.means[i]) + "\n";
  return block + "EOD\n";
}

std::string curves(std::span<const run::RunResult> runs, const char* block, const char* style,
                   bool titled) {
  std::string text = "plot ";
  for (size_t i = 0; i < runs.size(); ++i)
    text += fmt::format("{}${}{} using 1:2 with {} lw 2 lc rgb '{}' {}", i > 0 ? ", " : "", block,
                        i, style, kColours[i % std::size(kColours)],
                        titled ? "title " + plot::gnuplot_text(runs[i].system) : "notitle");
  return text + "\n";
}

}  // namespace

void draw_load(std::span<const run::RunResult> runs, const std::string& output) {
  std::string script = "set terminal " + terminal_for(output) + " noenhanced\n";
  double most_ratio = 1;
  for (size_t i = 0; i < runs.size(); ++i) {
    ENSURE(runs[i].load);
    const statistics::QuantileSketch& response = runs[i].load->all.response;
    script += distribution_block(i, response) + time_line_block(i, runs[i].load->running);
    if (response.count() > 0 && response.quantile(0.01) > Duration::zero())
      most_ratio = std::max(
          most_ratio, text::seconds_of(response.max()) / text::seconds_of(response.quantile(0.01)));
  }
  script +=
      "set encoding utf8\nset multiplot layout 2,1\nset border 3\nset tics nomirror out\n"
      "set grid lt 1 lw 1 lc rgb '#dddddd'\nset lmargin 10\nset rmargin 3\n"
      "set key outside top center horizontal reverse Left\nset yrange [0:1]\nset xlabel 'response, "
      "seconds'\n"
      "set ylabel 'share of jobs'\n";
  // What spans a decade or two is seen by its logarithm.
  script += most_ratio > 20 ? "set logscale x\n" : "set xrange [0:*]\n";
  script += curves(runs, "response", "steps", true);
  script +=
      "unset logscale x\nset key off\nset xrange [0:*]\nset yrange [0:*]\n"
      "set xlabel 'time, seconds'\nset ylabel 'functions that run'\n";
  script += curves(runs, "running", "fsteps", false);
  script += "unset multiplot\n";
  const plot::Drawing drawing{script, output};
  plot::draw_with_gnuplot({&drawing, 1}, 1);
}

}  // namespace wukong::load_report

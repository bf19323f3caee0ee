#include "bench/reproduction_report/figure_plot.h"

#include <fmt/format.h>

#include "bench/plot/colours.h"
#include "bench/plot/gnuplot_text.h"
#include "bench/reproduction_report/plot_axes.h"

namespace wukong::reproduction_report {
namespace {

using plot::kColours;
// gnuplot's marks: a filled one, and the same one hollow.
constexpr int kFilled[] = {7, 5, 9, 13, 11, 15};
constexpr int kHollow[] = {6, 4, 8, 12, 10, 14};
constexpr int kCross = 2;
constexpr double kBarsWidth = 0.8;      // of the step between two categories
constexpr double kTopEdge = 0.975;      // of the plot's height
constexpr double kFailureStep = 0.035;  // between the crosses of one x

class Script {
 public:
  explicit Script(const reproduction::FigureResult& figure)
      : figure_(figure), reference_(*figure.reference), axes_(plot_axes(figure)) {}

  // What is drawn, for any terminal.
  std::string text(PlotScript form) {
    const bool both = form == PlotScript::files;
    if (both)
      line("# Figure {}: run in this folder by gnuplot {}.gnuplot", reference_.name,
           reference_.name);
    write_data();
    write_axes();
    write_failures();
    if (form != PlotScript::png) {
      line("set terminal svg size 760,480 dynamic font 'sans-serif,15' noenhanced");
      if (both) line("set output {}", plot::gnuplot_text(reference_.name + ".svg"));
      write_plot();
    }
    if (form != PlotScript::svg) {
      line(
          "set terminal pngcairo size 1140,720 font 'sans,16' pointscale 1.6 linewidth 1.4 "
          "noenhanced");
      if (both) line("set output {}", plot::gnuplot_text(reference_.name + ".png"));
      if (both)
        line("replot");
      else
        write_plot();
    }
    return std::move(script_);
  }

 private:
  bool bars() const { return figure_.plot.form == reproduction::PlotStyle::Form::bars; }
  size_t series_count() const { return reference_.series.size(); }
  static size_t style(size_t series) { return series % std::size(kFilled); }

  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    script_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }

  // Bars of one category stand side by side.
  double position(const reproduction::PointResult& point) const {
    const double centre = axes_.positions[point.x];
    if (!bars()) return centre;
    const double middle = (static_cast<double>(series_count()) - 1) / 2;
    return centre + (static_cast<double>(point.series) - middle) * bar_width();
  }
  double bar_width() const { return kBarsWidth / static_cast<double>(series_count()); }

  void write_data() {
    for (size_t series = 0; series < series_count(); ++series) {
      line("$simulated{} << EOD", series);
      // A block without a point would be an error.
      line("# x mean min max\nNaN NaN NaN NaN");
      for (size_t x = 0; x < reference_.x.size(); ++x) {
        const reproduction::PointResult& point = figure_.at(series, x);
        if (point.fails)
          line("NaN NaN NaN NaN");  // the line is broken here
        else
          line("{} {} {} {}", plot::gnuplot_number(position(point)),
               plot::gnuplot_number(point.simulated.mean),
               plot::gnuplot_number(point.simulated.min),
               plot::gnuplot_number(point.simulated.max));
      }
      line("EOD\n$paper{} << EOD\nNaN NaN", series);
      for (size_t x = 0; x < reference_.x.size(); ++x) {
        const reproduction::PointResult& point = figure_.at(series, x);
        if (point.reference.is_number())
          line("{} {}", plot::gnuplot_number(position(point)),
               plot::gnuplot_number(point.reference.number));
      }
      line("EOD");
    }
  }

  void write_axes() {
    line("set encoding utf8");
    line("set xlabel {} noenhanced", plot::gnuplot_text(reference_.x_name));
    line("set ylabel {} noenhanced", plot::gnuplot_text(reference_.unit));
    line("set xrange [{}:{}]\nset yrange [{}:{}]", plot::gnuplot_number(axes_.x.least),
         plot::gnuplot_number(axes_.x.most), plot::gnuplot_number(axes_.y.least),
         plot::gnuplot_number(axes_.y.most));
    if (axes_.log_x) line("set logscale x");
    if (axes_.log_y) line("set logscale y");
    line("set format y '%g'");
    std::string labels;
    for (size_t x = 0; x < reference_.x.size(); ++x) {
      const std::string& label = reference_.x[x].text;
      labels += fmt::format("{}{} {}", x == 0 ? "" : ", ", plot::gnuplot_tic_label(label),
                            plot::gnuplot_number(axes_.positions[x]));
    }
    line("set xtics {} noenhanced ({})",
         axes_.label_angle == 0 ? "norotate" : fmt::format("rotate by -{} left", axes_.label_angle),
         labels);
    if (!axes_.y_labels.empty()) {
      std::string values;
      for (const double value : axes_.y_labels)
        values += fmt::format("{}'{:g}' {:g}", values.empty() ? "" : ", ", value, value);
      line("set ytics ({})", values);
    }
    line("set grid ytics lc rgb '#a0a0a0' lw 0.5 dt 3\nset border 3\nset tics nomirror out");
    // The legend's title is the plot's: gnuplot would put the legend above a title of the plot.
    line("set rmargin 6\nset key outside top center horizontal noenhanced width 1 title {}",
         plot::gnuplot_text(reference_.title));
    if (bars()) line("set style fill solid 0.55 border\nset errorbars front lc rgb 'black' lw 1.4");
  }

  // Crosses at the top edge, those of one x below each other.
  void write_failures() {
    for (size_t x = 0; x < reference_.x.size(); ++x) {
      double height = kTopEdge;
      for (size_t series = 0; series < series_count(); ++series) {
        const reproduction::PointResult& point = figure_.at(series, x);
        if (point.fails) write_cross(point, height, {.size = 0.9, .width = 3});
        if (point.reference.is_failure()) write_cross(point, height, {.size = 1.7, .width = 1});
        if (point.fails || point.reference.is_failure()) height -= kFailureStep;
        any_fails_here_ = any_fails_here_ || point.fails;
        any_fails_in_paper_ = any_fails_in_paper_ || point.reference.is_failure();
      }
    }
  }

  struct Pen {
    double size;
    double width;
  };
  void write_cross(const reproduction::PointResult& point, double height, Pen pen) {
    line("set label '' at first {}, graph {:.3f} point pt {} ps {} lw {} lc rgb '{}'",
         plot::gnuplot_number(position(point)), height, kCross, pen.size, pen.width,
         kColours[style(point.series)]);
  }

  void write_plot() {
    std::string parts;
    const auto add = [&](const std::string& part) {
      parts += (parts.empty() ? "" : ", \\\n  ") + part;
    };
    for (size_t series = 0; series < series_count(); ++series) add(simulated_part(series));
    bool any_reference = false;
    for (size_t series = 0; series < series_count(); ++series) {
      const size_t i = style(series);
      add(fmt::format("$paper{} using 1:2 with points pt {} ps 1.5 lw 1.8 lc rgb '{}' notitle",
                      series, bars() ? kHollow[3] : kHollow[i], bars() ? "black" : kColours[i]));
      for (const reproduction::ReferenceValue& value : reference_.series[series].values)
        any_reference = any_reference || value.is_number();
    }
    if (any_reference)
      add(
          fmt::format("keyentry with points pt {} ps 1.5 lw 1.8 lc rgb 'black' title "
                      "'paper (hollow)'",
                      bars() ? kHollow[3] : kHollow[0]));
    const std::string cross = fmt::format("keyentry with points pt {} ", kCross);
    if (any_fails_here_) add(cross + "ps 0.9 lw 3 lc rgb 'black' title 'fails here'");
    if (any_fails_in_paper_) add(cross + "ps 1.7 lw 1 lc rgb 'black' title 'fails in the paper'");
    line("plot {}", parts);
  }

  std::string simulated_part(size_t series) const {
    const size_t i = style(series);
    const std::string title = plot::gnuplot_text(reference_.series[series].name);
    if (bars())
      return fmt::format("$simulated{} using 1:2:3:4:({}) with boxerrorbars lc rgb '{}' title {}",
                         series, plot::gnuplot_number(0.92 * bar_width()), kColours[i], title);
    return fmt::format(
        "$simulated{} using 1:2:3:4 with yerrorlines pt {} ps 0.7 lw 1.6 lc rgb '{}' title {}",
        series, kFilled[i], kColours[i], title);
  }

  const reproduction::FigureResult& figure_;
  const reproduction::ReferenceFigure& reference_;
  PlotAxes axes_;
  std::string script_;
  bool any_fails_here_ = false;
  bool any_fails_in_paper_ = false;
};

}  // namespace

std::string figure_plot_script(const reproduction::FigureResult& figure, PlotScript form) {
  return Script(figure).text(form);
}

}  // namespace wukong::reproduction_report

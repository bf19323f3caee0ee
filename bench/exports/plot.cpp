#include "bench/exports/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "bench/exports/plot_labels.h"
#include "bench/exports/plot_layout.h"
#include "bench/plot/colours.h"
#include "bench/plot/gnuplot_text.h"
#include "sim/base/error.h"

namespace wukong::exports {
namespace {

using plot::kColours;
// gnuplot's marks, filled and hollow. Their number and that of the colours have no common divisor:
// the first 84 lines have 84 different pairs.
constexpr int kMarks[] = {7, 5, 9, 13, 11, 15, 6, 4, 8, 12, 10, 14};
constexpr double kBarsWidth = 0.8;  // of the step between two values
constexpr int kLabels = 5;          // about so many along y
constexpr double kLongAxis = 100;   // a longer logarithmic one has labels at powers of ten alone

struct Range {
  double least = 0;
  double most = 1;
};

class Script {
 public:
  Script(const results::Study& study, const PlotOptions& options)
      : study_(study),
        options_(options),
        data_(plot_data(study, options)),
        log_x_(wants_log_x()),
        layout_(plot_layout(data_, x_labels())) {}

  std::string text() {
    write_terminal();
    write_frame();
    write_legend();
    for (size_t panel = 0; panel < data_.panels.size(); ++panel) write_panel(panel);
    line("unset multiplot");
    return std::move(script_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    script_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }

  bool bars() const { return options_.kind == PlotKind::bar; }
  // Else names, one step apart.
  bool scaled() const { return data_.numbers && !bars(); }
  static const char* colour(size_t i) { return kColours[i % std::size(kColours)]; }
  static int mark(size_t i) { return kMarks[i % std::size(kMarks)]; }
  // Bars beyond the colours are hatched.
  static std::string fill(size_t i) {
    const size_t round = i / std::size(kColours);
    return round == 0 ? "solid 0.8 border rgb '#333333'"
                      : fmt::format("pattern {} border rgb '#333333'", 3 + round % 5);
  }

  // Factors of two or more between the values ask for a logarithmic axis.
  bool wants_log_x() const {
    const bool may = scaled() && *number_of_text(data_.x.front()) > 0;
    if (options_.log_x.value_or(false) && !may)
      throw Error({"--log", 0, ""}, "an axis of numbers above zero, and lines",
                  study_.axes[options_.axis]);
    if (options_.log_x) return *options_.log_x;
    return may && data_.x.size() >= 3 &&
           *number_of_text(data_.x.back()) / *number_of_text(data_.x.front()) >= 16;
  }

  std::vector<std::string> x_labels() const {
    std::vector<std::string> labels;
    for (const std::string& value : data_.x)
      labels.push_back(data_.numbers ? tic_label(*number_of_text(value)) : exact_label(value));
    return labels;
  }

  double position(size_t x) const {
    return scaled() ? *number_of_text(data_.x[x]) : static_cast<double>(x);
  }
  double bar_width() const { return kBarsWidth / static_cast<double>(data_.lines.size()); }

  std::string metric_label(size_t metric) const {
    const result::Metric& what = study_.metrics[metric];
    const std::string label = axis_label(std::string(what.name), {});
    if (what.unit.empty() || label.ends_with(")")) return label;
    return fmt::format("{} ({})", label, what.unit);
  }

  std::string title() const {
    std::vector<std::string> metrics;
    for (const size_t metric : options_.metrics) metrics.push_back(metric_label(metric));
    std::string text = fmt::format("{} by {}", fmt::join(metrics, ", "),
                                   axis_label(study_.axes[options_.axis], study_.axes));
    for (const auto& [axis, value] : options_.where)
      text +=
          fmt::format(", {} = {}", axis_label(study_.axes[axis], study_.axes), exact_label(value));
    return text;
  }

  // The sheet's pixels are those of an SVG; a PNG has half as many again.
  void write_terminal() {
    const std::string& output = options_.output;
    if (output.ends_with(".svg"))
      line(
          "set terminal svg size {:.0f},{:.0f} dynamic font 'sans-serif,{}' noenhanced "
          "background rgb 'white'",
          layout_.width, layout_.height, kFontSize);
    else if (output.ends_with(".png"))
      line(
          "set terminal pngcairo size {:.0f},{:.0f} font 'sans,16' pointscale 1.5 linewidth 1.5 "
          "noenhanced background rgb 'white'",
          1.5 * layout_.width, 1.5 * layout_.height);
    else if (output.ends_with(".pdf"))
      line("set terminal pdfcairo size {:.3f}in,{:.3f}in font 'sans,11' noenhanced",
           layout_.width / 96, layout_.height / 96);
    else
      throw Error({output, 0, ""}, "a name that ends in .svg, .png or .pdf", "\"" + output + "\"");
  }

  void write_frame() {
    line("set encoding utf8\nset key off\nset border 3\nset tics nomirror out\nset multiplot");
    line("set grid ytics lt 1 lw 1 lc rgb '#dddddd'");
    if (bars()) line("set boxwidth {}", plot::gnuplot_number(0.92 * bar_width()));
    line("set label 1 {} at screen 0.5, screen {} center front", plot::gnuplot_text(title()),
         down(22));
  }

  // Pixels as parts of the sheet, from the left and from the bottom.
  std::string across(double pixels) const { return plot::gnuplot_number(pixels / layout_.width); }
  std::string down(double pixels) const {
    return plot::gnuplot_number(1 - pixels / layout_.height);
  }

  void write_legend() {
    for (size_t i = 0; i < layout_.legend.size(); ++i) {
      const PlotBox& box = layout_.legend[i];
      const double middle = (box.top + box.bottom) / 2;
      if (bars())
        line(
            "set object {} rectangle from screen {}, screen {} to screen {}, screen {} "
            "fc rgb '{}' fs {}",
            i + 1, across(box.left), down(middle + 6), across(box.right), down(middle - 6),
            colour(i), fill(i));
      else
        line(
            "set arrow {0} from screen {1}, screen {2} to screen {3}, screen {2} nohead lw 2 "
            "lc rgb '{4}'\nset label {5} '' at screen {6}, screen {2} point pt {7} ps 0.9 "
            "lc rgb '{4}'",
            i + 1, across(box.left), down(middle), across(box.right), colour(i), 1000 + i,
            across((box.left + box.right) / 2), mark(i));
      line("set label {} {} at screen {}, screen {} left", 2000 + i,
           plot::gnuplot_text(layout_.legend_texts[i]), across(box.right + 8), down(middle));
    }
  }

  // The same for all panels of a metric.
  Range y_range(size_t metric) const {
    Range range{std::numeric_limits<double>::infinity(), 0};
    const auto include = [&](double value) {
      if (options_.log_y && value <= 0) return;
      range = {std::min(range.least, value), std::max(range.most, value)};
    };
    for (const PlotPanel& panel : data_.panels)
      for (const std::vector<PlotMark>& marks : panel.lines)
        for (const PlotMark& mark : marks)
          if (panel.metric == metric) {
            include(mark.sample.mean);
            if (!mark.sample.interval) continue;
            include(mark.sample.interval->low);
            include(mark.sample.interval->high);
          }
    if (options_.log_y) {
      if (!(range.most > 0))
        throw Error({"--log", 0, std::string(study_.metrics[metric].name)}, "values above zero",
                    "none");
      const double margin = std::pow(std::max(range.most / range.least, 3.0), 0.07);
      return {range.least / margin, range.most * margin};
    }
    if (!std::isfinite(range.least)) return {0, 1};
    range.least = std::min(range.least, 0.0);
    if (range.most <= range.least) return {range.least, range.least + 1};
    const double margin = 0.06 * (range.most - range.least);
    return {range.least < 0 ? range.least - margin : 0, range.most + margin};
  }

  std::vector<double> y_tics(const Range& range) const {
    std::vector<double> tics;
    if (options_.log_y) {
      const bool few = range.most / range.least > kLongAxis;
      for (double power = std::pow(10, std::floor(std::log10(range.least))); power <= range.most;
           power *= 10)
        for (const int digit : {1, 2, 5})
          if ((digit == 1 || !few) && power * digit >= range.least && power * digit <= range.most)
            tics.push_back(power * digit);
      return tics;
    }
    const double rough = (range.most - range.least) / kLabels;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    const double step = power * (rough > 5 * power   ? 10
                                 : rough > 2 * power ? 5
                                 : rough > power     ? 2
                                                     : 1);
    for (double i = std::ceil(range.least / step); i * step <= range.most; ++i)
      tics.push_back(i * step);
    return tics;
  }

  void write_axes(size_t number) {
    const PlotPanel& panel = data_.panels[number];
    const Range range = y_range(panel.metric);
    std::string tics;
    for (size_t x = 0; x < data_.x.size(); x += layout_.label_step)
      tics +=
          fmt::format("{}{} {}", tics.empty() ? "" : ", ", plot::gnuplot_tic_label(x_labels()[x]),
                      plot::gnuplot_number(position(x)));
    line("set xtics {} ({})", layout_.slanted ? "rotate by 35 right" : "norotate center", tics);
    tics.clear();
    for (const double value : y_tics(range))
      tics += fmt::format("{}{} {}", tics.empty() ? "" : ", ",
                          plot::gnuplot_tic_label(tic_label(value)), plot::gnuplot_number(value));
    line("set ytics ({})", tics);
    line("unset logscale");
    const double first = position(0), last = position(data_.x.size() - 1);
    Range x{first - 0.6, last + 0.6};
    if (log_x_)
      x = {first / std::pow(last / first, 0.04), last * std::pow(last / first, 0.04)};
    else if (scaled() && last > first)
      x = {first - 0.04 * (last - first), last + 0.04 * (last - first)};
    line("set xrange [{}:{}]\nset yrange [{}:{}]", plot::gnuplot_number(x.least),
         plot::gnuplot_number(x.most), plot::gnuplot_number(range.least),
         plot::gnuplot_number(range.most));
    if (log_x_) line("set logscale x");
    if (options_.log_y) line("set logscale y");
    line("set xlabel {}", plot::gnuplot_text(axis_label(study_.axes[options_.axis], study_.axes)));
    line("set ylabel {}", plot::gnuplot_text(metric_label(panel.metric)));
    line("set title {}", plot::gnuplot_text(panel.title));
    const PlotBox& box = layout_.panels[number];
    line(
        "set lmargin at screen {}\nset rmargin at screen {}\nset tmargin at screen {}\n"
        "set bmargin at screen {}",
        across(box.left), across(box.right), down(box.top), down(box.bottom));
  }

  std::string data_line(const PlotMark& mark, double offset, const Range& range) const {
    const results::Sample& sample = mark.sample;
    if (options_.log_y && sample.mean <= 0) return "NaN NaN NaN NaN";
    double low = sample.interval ? sample.interval->low : sample.mean;
    if (options_.log_y) low = std::max(low, range.least);
    return fmt::format("{} {} {} {}", plot::gnuplot_number(position(mark.x) + offset),
                       plot::gnuplot_number(sample.mean), plot::gnuplot_number(low),
                       plot::gnuplot_number(sample.interval ? sample.interval->high : sample.mean));
  }

  void write_panel(size_t number) {
    write_axes(number);
    const PlotPanel& panel = data_.panels[number];
    const Range range = y_range(panel.metric);
    std::string parts;
    for (size_t i = 0; i < panel.lines.size(); ++i) {
      const std::string block = fmt::format("$panel{}line{}", number, i);
      line("{} << EOD\nNaN NaN NaN NaN", block);  // a block without a line would be an error
      const double offset =
          bars() ? (static_cast<double>(i) + 0.5) * bar_width() - kBarsWidth / 2 : 0;
      for (const PlotMark& mark : panel.lines[i]) line("{}", data_line(mark, offset, range));
      line("EOD");
      parts += i == 0 ? "" : ", \\\n  ";
      if (bars())
        parts += fmt::format("{} using 1:2:3:4:({}) with boxerrorbars fs {} lc rgb '{}'", block,
                             plot::gnuplot_number(0.92 * bar_width()), fill(i), colour(i));
      else
        parts += fmt::format(
            "{0} using 1:2:3:4 with yerrorbars ps 0 lw 1.5 lc rgb '{1}', \\\n  "
            "{0} using 1:2 with linespoints pt {2} ps 0.9 lw 2 lc rgb '{1}'",
            block, colour(i), mark(i));
    }
    line("plot {}", parts);
    // The legend and the title are there once.
    if (number == 0) line("unset label\nunset object\nunset arrow");
  }

  const results::Study& study_;
  const PlotOptions& options_;
  PlotData data_;
  bool log_x_;
  PlotLayout layout_;
  std::string script_;
};

}  // namespace

std::string plot_script(const results::Study& study, const PlotOptions& options) {
  return Script(study, options).text();
}

}  // namespace wukong::exports

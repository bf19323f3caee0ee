#include "bench/reproduction_report/plot_axes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace wukong::reproduction_report {
namespace {

constexpr double kMargin = 0.06;         // of the axis, on each side
constexpr double kAxisWidth = 76;        // of the axis, in characters
constexpr double kSlantedGap = 3;        // characters between slanted labels
constexpr double kShortLogAxis = 150;    // from the least to the greatest value
constexpr double kFailureMargin = 0.16;  // at the top, if something fails

AxisRange padded(AxisRange range, bool log, double margin_below, double margin_above) {
  if (log) {
    // A single value gets a decade.
    const double decades = std::max(std::log10(range.most / range.least), 0.5);
    return {range.least * std::pow(10, -margin_below * decades),
            range.most * std::pow(10, margin_above * decades)};
  }
  const double width =
      range.most > range.least ? range.most - range.least : std::max(range.most, 1e-9);
  return {range.least - margin_below * width, range.most + margin_above * width};
}

void set_positions(const reproduction::FigureResult& figure, PlotAxes& axes) {
  const std::vector<reproduction::PlottedX>& x = figure.reference->x;
  bool ascending = true;
  for (const reproduction::PlottedX& value : x) {
    const std::optional<double> number = value.number ? value.number : number_of_label(value.text);
    const double least = axes.positions.empty() ? -1 : axes.positions.back();
    ascending = ascending && number && *number > least && (!axes.log_x || *number > 0);
    axes.positions.push_back(number.value_or(0));
  }
  axes.categories = figure.plot.form == reproduction::PlotStyle::Form::bars || !ascending;
  if (!axes.categories) return;
  axes.log_x = false;
  for (size_t i = 0; i < x.size(); ++i) axes.positions[i] = static_cast<double>(i);
}

void set_y_range(const reproduction::FigureResult& figure, PlotAxes& axes) {
  AxisRange range{std::numeric_limits<double>::infinity(), 0};
  bool any_fails = false;
  const auto include = [&](double value) {
    if (value <= 0) return;  // has no place on a log axis, and zero is on every other one
    range.least = std::min(range.least, value);
    range.most = std::max(range.most, value);
  };
  for (const reproduction::PointResult& point : figure.points) {
    any_fails = any_fails || point.fails || point.reference.is_failure();
    if (point.reference.is_number()) include(point.reference.number);
    if (point.fails) continue;
    include(point.simulated.min);
    include(point.simulated.max);
  }
  if (range.most == 0) range = {0.1, 1};
  if (!axes.log_y) range.least = 0;
  axes.y =
      padded(range, axes.log_y, axes.log_y ? kMargin : 0, any_fails ? kFailureMargin : kMargin);
}

// Level labels are centred below their positions; there is less room than that for long ones.
int label_angle(const reproduction::FigureResult& figure, const PlotAxes& axes) {
  const auto place = [&](double position) {
    return axes.log_x ? std::log(position / axes.x.least) / std::log(axes.x.most / axes.x.least)
                      : (position - axes.x.least) / (axes.x.most - axes.x.least);
  };
  const std::vector<reproduction::PlottedX>& x = figure.reference->x;
  int angle = 0;
  for (size_t i = 1; i < x.size(); ++i) {
    const double needed = static_cast<double>(x[i - 1].text.size() + x[i].text.size()) / 2 + 1;
    const double gap = kAxisWidth * (place(axes.positions[i]) - place(axes.positions[i - 1]));
    if (gap < needed) angle = std::max(angle, gap < kSlantedGap ? 90 : 35);
  }
  return angle;
}

// gnuplot labels powers of ten, of which a short log axis has one or none.
std::vector<double> y_labels(const PlotAxes& axes) {
  std::vector<double> labels;
  if (!axes.log_y || axes.y.most / axes.y.least > kShortLogAxis) return labels;
  for (double power = std::pow(10, std::floor(std::log10(axes.y.least))); power <= axes.y.most;
       power *= 10)
    for (const int digit : {1, 2, 5})
      if (power * digit >= axes.y.least && power * digit <= axes.y.most)
        labels.push_back(power * digit);
  return labels;
}

}  // namespace

std::optional<double> number_of_label(const std::string& label) {
  double number = 0;
  const char* const end = label.data() + label.size();
  const auto [rest, error] = std::from_chars(label.data(), end, number);
  if (error != std::errc()) return std::nullopt;
  if (rest == end) return number;
  if (rest + 1 != end) return std::nullopt;
  if (*rest == 'k') return number * 1e3;
  if (*rest == 'M') return number * 1e6;
  return std::nullopt;
}

PlotAxes plot_axes(const reproduction::FigureResult& figure) {
  PlotAxes axes;
  axes.log_x = figure.plot.x == reproduction::PlotStyle::Scale::log;
  axes.log_y = figure.plot.y == reproduction::PlotStyle::Scale::log;
  set_positions(figure, axes);
  const AxisRange ends{axes.positions.front(), axes.positions.back()};
  axes.x = axes.categories ? AxisRange{-0.6, ends.most + 0.6}
                           : padded(ends, axes.log_x, kMargin / 2, kMargin / 2);
  set_y_range(figure, axes);
  axes.label_angle = label_angle(figure, axes);
  axes.y_labels = y_labels(axes);
  return axes;
}

}  // namespace wukong::reproduction_report

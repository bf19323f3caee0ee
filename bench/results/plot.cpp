#include "bench/results/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sim/base/error.h"

namespace wukong::bench {
namespace {

constexpr size_t kMostSeries = 16;
// Okabe and Ito's palette: told apart by everyone.
constexpr const char* kColours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                    "#E69F00", "#56B4E9", "#000000", "#F0E442"};

struct Mark {
  std::string x;
  Sample sample;
};
struct Series {
  std::string title;
  std::vector<Mark> marks;
};

std::optional<double> number_of(const std::string& text) {
  double number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result + "\"";
}

bool wanted(const StudyPoint& point, const PlotOptions& options) {
  return std::all_of(options.where.begin(), options.where.end(), [&](const auto& condition) {
    return point.coordinates[condition.first] == condition.second;
  });
}

std::string title_of(const Study& study, const StudyPoint& point, size_t system,
                     const PlotOptions& options) {
  std::string title = study.systems[system];
  for (size_t axis = 0; axis < study.axes.size(); ++axis) {
    if (axis == options.axis || options.where.contains(axis)) continue;
    const std::string& key = study.axes[axis];
    title += fmt::format(", {} {}", key.substr(key.rfind('.') + 1), point.coordinates[axis]);
  }
  return title;
}

std::vector<Series> series_of(const Study& study, const PlotOptions& options) {
  std::vector<Series> all;
  for (const StudyPoint& point : study.points) {
    if (!wanted(point, options)) continue;
    for (size_t system = 0; system < study.systems.size(); ++system) {
      const Sample sample = sample_of(point, system, options.metric, options.confidence);
      if (sample.count == 0) continue;
      const std::string title = title_of(study, point, system, options);
      auto series = std::find_if(all.begin(), all.end(),
                                 [&](const Series& other) { return other.title == title; });
      if (series == all.end()) series = all.insert(all.end(), {title, {}});
      series->marks.push_back({point.coordinates[options.axis], sample});
    }
  }
  if (all.empty())
    throw Error({"", 0, std::string(study.metrics[options.metric].name)}, "completed runs to draw",
                "none");
  if (all.size() > kMostSeries)
    throw Error({"", 0, study.axes[options.axis]},
                fmt::format("at most {} lines (choose points with --where)", kMostSeries),
                fmt::format("{}", all.size()));
  return all;
}

// The values along x, in the order of the axis.
std::vector<std::string> categories(const Study& study, const PlotOptions& options) {
  std::vector<std::string> values;
  for (const StudyPoint& point : study.points) {
    const std::string& value = point.coordinates[options.axis];
    if (wanted(point, options) && std::find(values.begin(), values.end(), value) == values.end())
      values.push_back(value);
  }
  return values;
}

std::string data_line(const std::string& x, const Sample& sample) {
  const double low = sample.interval ? sample.interval->low : sample.mean;
  const double high = sample.interval ? sample.interval->high : sample.mean;
  return fmt::format("{} {:.12g} {:.12g} {:.12g}\n", x, sample.mean, low, high);
}

std::string terminal_of(const std::string& output) {
  if (output.ends_with(".png"))
    return "set terminal pngcairo size 1200,750 font 'sans,15' background rgb 'white'\n";
  if (output.ends_with(".pdf")) return "set terminal pdfcairo size 16cm,10cm font 'sans,10'\n";
  if (output.ends_with(".svg"))
    return "set terminal svg size 800,500 font 'sans,13' background rgb 'white'\n";
  throw Error({output, 0, ""}, "a name that ends in .svg, .png or .pdf", "\"" + output + "\"");
}

// Factors of two or more between the values ask for a logarithmic axis.
bool wants_logarithm(const std::vector<std::string>& values) {
  if (values.size() < 3) return false;
  const double first = number_of(values.front()).value_or(0);
  const double last = number_of(values.back()).value_or(0);
  return first > 0 && last / first >= 16;
}

std::string axis_settings(const Study& study, const PlotOptions& options, bool numbers,
                          const std::vector<std::string>& values) {
  const Metric& metric = study.metrics[options.metric];
  const std::string unit = metric.unit.empty() ? "" : fmt::format(" ({})", metric.unit);
  std::string text =
      fmt::format("set xlabel {} noenhanced\nset ylabel {} noenhanced\n",
                  quoted(study.axes[options.axis]), quoted(std::string(metric.name) + unit));
  text +=
      "set grid ytics lt 1 lw 1 lc rgb '#dddddd'\nset border 3\nset tics nomirror\n"
      "set key above left maxrows 4 noenhanced\nset pointintervalbox 0\nset yrange [0:*]\n"
      "set format y '%g'\n";
  if (numbers && options.kind == PlotKind::line) {
    if (wants_logarithm(values)) text += "set logscale x 2\n";
    std::string tics;
    for (const std::string& value : values)
      tics += fmt::format("{}{} {}", tics.empty() ? "" : ", ", quoted(value), value);
    if (values.size() <= 12) text += "set xtics (" + tics + ") rotate by 30 right noenhanced\n";
    text += "set offsets graph 0.03, graph 0.03, graph 0.05, 0\n";
  } else {
    std::string tics;
    for (size_t i = 0; i < values.size(); ++i)
      tics += fmt::format("{}{} {}", i == 0 ? "" : ", ", quoted(values[i]), i);
    text += "set xtics (" + tics + ") noenhanced" +
            (values.size() > 6 ? " rotate by 30 right\n" : "\n") +
            fmt::format("set xrange [-0.6:{}]\n", static_cast<double>(values.size()) - 0.4);
  }
  return text;
}

}  // namespace

std::string plot_script(const Study& study, const PlotOptions& options) {
  const std::vector<Series> all = series_of(study, options);
  const std::vector<std::string> values = categories(study, options);
  const bool numbers = std::all_of(values.begin(), values.end(),
                                   [](const std::string& value) { return number_of(value); });
  const bool bars = options.kind == PlotKind::bar;
  const double width = 0.8 / static_cast<double>(all.size());
  std::string script = terminal_of(options.output) +
                       fmt::format("set output {}\n", quoted(options.output)) +
                       axis_settings(study, options, numbers, values);
  if (bars)
    script += fmt::format("set boxwidth {:.6g}\nset style fill solid 0.8 border rgb '#333333'\n",
                          width * 0.92);
  std::string plot;
  for (size_t i = 0; i < all.size(); ++i) {
    script += fmt::format("$series{} << EOD\n", i);
    for (const Mark& mark : all[i].marks) {
      const auto at =
          static_cast<double>(std::find(values.begin(), values.end(), mark.x) - values.begin());
      const double offset = bars ? (static_cast<double>(i) + 0.5) * width - 0.4 : 0;
      script +=
          data_line(numbers && !bars ? mark.x : fmt::format("{:.6g}", at + offset), mark.sample);
    }
    script += "EOD\n";
    const char* colour = kColours[i % std::size(kColours)];
    const std::string title = quoted(all[i].title);
    plot += i == 0 ? "" : ", \\\n";
    if (bars)
      plot +=
          fmt::format(" $series{} using 1:2:3:4:({:.6g}) with boxerrorbars lc rgb '{}' title {}", i,
                      width * 0.92, colour, title);
    else
      plot += fmt::format(
          " $series{0} using 1:2:3:4 with yerrorbars ps 0 lw 1.5 lc rgb '{1}' "
          "notitle, \\\n $series{0} using 1:2 with linespoints pt 7 ps 0.8 lw 2 "
          "lc rgb '{1}' title {2}",
          i, colour, title);
  }
  return script + "plot" + plot + "\n";
}

}  // namespace wukong::bench

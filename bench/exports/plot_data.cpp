#include "bench/exports/plot_data.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/exports/plot_labels.h"
#include "sim/base/error.h"

namespace wukong::exports {
namespace {

constexpr size_t kMostLines = 48;  // there are as many pairs of mark and colour, and more
constexpr size_t kMostPanels = 24;

bool wanted(const results::StudyPoint& point, const PlotOptions& options) {
  return std::all_of(options.where.begin(), options.where.end(), [&](const auto& condition) {
    return point.coordinates[condition.first] == condition.second;
  });
}

std::string line_title(const results::Study& study, const results::StudyPoint& point, size_t system,
                       const PlotOptions& options) {
  std::string title = study.systems[system];
  for (size_t axis = 0; axis < study.axes.size(); ++axis) {
    if (axis == options.axis || axis == options.facet || options.where.contains(axis)) continue;
    title += fmt::format(", {} {}", axis_label(study.axes[axis], study.axes),
                         exact_label(point.coordinates[axis]));
  }
  return title;
}

// The values of one axis among the points that are drawn.
std::vector<std::string> values_of(const results::Study& study, const PlotOptions& options,
                                   size_t axis) {
  std::vector<std::string> values;
  for (const results::StudyPoint& point : study.points) {
    const std::string& value = point.coordinates[axis];
    if (wanted(point, options) && std::find(values.begin(), values.end(), value) == values.end())
      values.push_back(value);
  }
  return values;
}

size_t index_in(const std::vector<std::string>& values, const std::string& value) {
  return static_cast<size_t>(std::find(values.begin(), values.end(), value) - values.begin());
}

// Along x; marks at one place in the order in which they came.
void add_in_order(const PlotMark& mark, std::vector<PlotMark>& line) {
  const auto behind =
      std::upper_bound(line.begin(), line.end(), mark,
                       [](const PlotMark& one, const PlotMark& other) { return one.x < other.x; });
  line.insert(behind, mark);
}

void set_x(PlotData& data, const results::Study& study, const PlotOptions& options) {
  data.x = values_of(study, options, options.axis);
  data.numbers = std::all_of(data.x.begin(), data.x.end(), [](const std::string& value) {
    return number_of_text(value).has_value();
  });
  if (data.numbers)
    std::sort(data.x.begin(), data.x.end(), [](const auto& one, const auto& other) {
      const double a = *number_of_text(one);
      const double b = *number_of_text(other);
      return a != b ? a < b : one < other;
    });
}

void set_lines(PlotData& data, const results::Study& study, const PlotOptions& options) {
  for (const results::StudyPoint& point : study.points) {
    if (!wanted(point, options)) continue;
    for (size_t system = 0; system < study.systems.size(); ++system) {
      const std::string title = line_title(study, point, system, options);
      if (std::find(data.lines.begin(), data.lines.end(), title) == data.lines.end())
        data.lines.push_back(title);
    }
  }
}

// The facet's values, or one panel without a name.
std::vector<std::string> facets_of(const results::Study& study, const PlotOptions& options) {
  if (!options.facet) return {""};
  return values_of(study, options, *options.facet);
}

size_t fill(PlotData& data, const results::Study& study, const PlotOptions& options,
            const std::vector<std::string>& facets) {
  size_t marks = 0;
  for (PlotPanel& panel : data.panels) panel.lines.resize(data.lines.size());
  for (const results::StudyPoint& point : study.points) {
    if (!wanted(point, options)) continue;
    const size_t facet = options.facet ? index_in(facets, point.coordinates[*options.facet]) : 0;
    for (size_t system = 0; system < study.systems.size(); ++system) {
      const size_t line = index_in(data.lines, line_title(study, point, system, options));
      for (size_t metric = 0; metric < options.metrics.size(); ++metric) {
        const results::Sample sample =
            sample_of(point, system, options.metrics[metric], options.confidence);
        if (sample.count == 0) continue;
        add_in_order({index_in(data.x, point.coordinates[options.axis]), sample},
                     data.panels[metric * facets.size() + facet].lines[line]);
        ++marks;
      }
    }
  }
  return marks;
}

void check_amount(const PlotData& data, const results::Study& study, const PlotOptions& options) {
  if (data.lines.size() > kMostLines)
    throw Error({"", 0, study.axes[options.axis]},
                fmt::format("at most {} lines (choose points with --where, or panels with --facet)",
                            kMostLines),
                fmt::format("{}", data.lines.size()));
  if (data.panels.size() > kMostPanels)
    throw Error({"--facet", 0, ""}, fmt::format("at most {} panels", kMostPanels),
                fmt::format("{}", data.panels.size()));
}

}  // namespace

PlotData plot_data(const results::Study& study, const PlotOptions& options) {
  PlotData data;
  set_x(data, study, options);
  set_lines(data, study, options);
  const std::vector<std::string> facets = facets_of(study, options);
  for (const size_t metric : options.metrics)
    for (const std::string& facet : facets) {
      const std::string title =
          options.facet ? fmt::format("{} = {}", axis_label(study.axes[*options.facet], study.axes),
                                      exact_label(facet))
                        : "";
      data.panels.push_back({title, metric, {}});
    }
  check_amount(data, study, options);
  if (fill(data, study, options, facets) == 0)
    throw Error({"", 0, std::string(study.metrics[options.metrics.front()].name)},
                "completed runs to draw", "none");
  return data;
}

}  // namespace wukong::exports

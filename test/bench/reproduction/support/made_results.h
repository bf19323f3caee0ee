// Results that were never simulated, for tests of what is made of results.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/parameters/parameter_yaml.h"
#include "bench/reproduction/reproduction.h"
#include "bench/result/metric.h"

namespace wukong::test {

inline const result::Metric& metric_called(const std::string& name) {
  return result::find_metric(parameters::ParameterTree::make_scalar(name, {}), "metric");
}

// A point that takes `values`, one for each replicate; nothing for a replicate that failed.
inline reproduction::PointResult made_point(const reproduction::ReferenceFigure& figure,
                                            size_t series, size_t x,
                                            const std::vector<std::optional<double>>& values,
                                            std::string system = "wukong") {
  reproduction::PointResult point{};
  point.series = series;
  point.x = x;
  point.metric = &metric_called("makespan_s");
  point.system = std::move(system);
  point.reference = figure.series[series].values[x];
  std::vector<double> numbers;
  for (const std::optional<double>& value : values) {
    run::RunResult run;
    run.completed = value.has_value();
    run.failure = value ? "" : "out of memory";
    if (value) numbers.push_back(*value);
    point.runs.push_back(run);
  }
  point.simulated = result::summarise(numbers);
  point.failed = values.size() - numbers.size();
  point.fails = 2 * point.failed > values.size();
  return point;
}

// `value_of(series, x)` is what each point takes in its only replicate; nothing if it fails.
using ValueOf = std::function<std::optional<double>(size_t, size_t)>;
inline reproduction::FigureResult made_figure(const reproduction::ReferenceFigure& reference,
                                              const ValueOf& value_of) {
  reproduction::FigureResult figure{&reference, {}, {}};
  for (size_t series = 0; series < reference.series.size(); ++series)
    for (size_t x = 0; x < reference.x.size(); ++x)
      figure.points.push_back(made_point(reference, series, x, {value_of(series, x)}));
  return figure;
}

inline reproduction::ReferenceFigure made_reference(const std::string& name,
                                                    const std::string& series_json,
                                                    const std::string& x_json) {
  return reproduction::parse_reference_figures(
             R"({"schema": "wukong.paper-figures/1", "figures": [{"figure": ")" + name +
                 R"(", "title": "T", "unit": "s", "x_name": "n", "note": "", "x": )" + x_json +
                 R"(, "series": )" + series_json + "}]}",
             "made.json")
      .front();
}

}  // namespace wukong::test

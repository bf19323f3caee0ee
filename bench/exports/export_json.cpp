#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "bench/exports/export.h"
#include "bench/text/json_text.h"

namespace wukong::exports {
namespace {

namespace json = boost::json;

// 12 digits, as in the other documents.
json::value number(double value) {
  const std::string text = fmt::format("{:.12g}", value);
  double parsed = 0;
  std::from_chars(text.data(), text.data() + text.size(), parsed);
  return parsed;
}

json::value interval_document(const std::optional<results::Interval>& interval) {
  if (!interval) return nullptr;
  return json::array{number(interval->low), number(interval->high)};
}

// What the sweep's file says: numbers and truth values are none of text.
json::value typed(const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  int64_t whole = 0;
  double real = 0;
  const char* const end = text.data() + text.size();
  if (const auto [stop, error] = std::from_chars(text.data(), end, whole);
      error == std::errc() && stop == end)
    return whole;
  if (const auto [stop, error] = std::from_chars(text.data(), end, real);
      error == std::errc() && stop == end && std::isfinite(real))
    return real;
  return json::string(text);
}

json::object coordinates_document(const results::Study& study, const results::StudyPoint& point) {
  json::object document;
  for (size_t i = 0; i < study.axes.size(); ++i)
    document[study.axes[i]] = typed(point.coordinates[i]);
  return document;
}

json::object run_document(const results::Study& study, const results::StudyRun& run,
                          const ExportOptions& options) {
  json::object document{
      {"replicate", run.replicate},
      {"seed", run.seed},
      {"status", run.status},
      {"failure", run.completed() ? json::value(nullptr) : json::value(run.failure)},
      {"trace_hash", run.trace_hash}};
  json::object values;
  for (const size_t metric : options.metrics)
    values[study.metrics[metric].name] =
        run.values[metric] ? json::value(*run.values[metric]) : json::value(nullptr);
  document["metrics"] = std::move(values);
  return document;
}

json::object sample_document(const results::Sample& sample) {
  return {{"completed", sample.count},
          {"mean", number(sample.mean)},
          {"interval", interval_document(sample.interval)},
          {"standard_deviation", sample.interval ? number(sample.deviation) : json::value(nullptr)},
          {"min", number(sample.least)},
          {"quantile_05", number(sample.quantile_05)},
          {"median", number(sample.median)},
          {"quantile_95", number(sample.quantile_95)},
          {"max", number(sample.most)}};
}

json::object comparison_document(const results::Comparison& comparison) {
  return {{"pairs", comparison.pairs},
          {"difference", number(comparison.difference)},
          {"difference_interval", interval_document(comparison.difference_interval)},
          {"ratio", comparison.ratio ? number(*comparison.ratio) : json::value(nullptr)},
          {"ratio_interval", interval_document(comparison.ratio_interval)}};
}

json::object system_document(const results::Study& study, const results::StudyPoint& point,
                             size_t system, const ExportOptions& options) {
  json::object document{{"system", study.systems[system]}};
  json::array runs;
  for (const results::StudyRun& run : point.runs[system])
    runs.push_back(run_document(study, run, options));
  document["runs"] = std::move(runs);
  json::object statistics;
  json::object comparisons;
  for (const size_t metric : options.metrics) {
    const std::string_view name = study.metrics[metric].name;
    const results::Sample sample = results::sample_of(point, system, metric, options.confidence);
    if (sample.count > 0) statistics[name] = sample_document(sample);
    if (system == 0) continue;
    const results::Comparison comparison =
        results::comparison_of(point, system, metric, options.confidence);
    if (comparison.pairs > 0) comparisons[name] = comparison_document(comparison);
  }
  document["statistics"] = std::move(statistics);
  if (system > 0) document["compared_with_" + study.systems[0]] = std::move(comparisons);
  return document;
}

}  // namespace

std::string export_json(const results::Study& study, const ExportOptions& options) {
  json::array points;
  for (const results::StudyPoint& point : study.points) {
    json::array systems;
    for (size_t system = 0; system < study.systems.size(); ++system)
      if (!point.runs[system].empty())
        systems.push_back(system_document(study, point, system, options));
    points.push_back(json::object{{"point", point.number},
                                  {"coordinates", coordinates_document(study, point)},
                                  {"systems", std::move(systems)}});
  }
  json::object document{{"schema", "wukong.study/1"},
                        {"program", study.program},
                        {"confidence", options.confidence},
                        {"points", std::move(points)}};
  return text::to_json_text(document);
}

}  // namespace wukong::exports

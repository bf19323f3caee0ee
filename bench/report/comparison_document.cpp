#include <fmt/format.h>

#include <boost/json.hpp>

#include "bench/report/comparison.h"
#include "bench/text/json_text.h"
#include "bench/text/rows_text.h"

namespace wukong::report {
namespace {

namespace json = boost::json;

// 12 digits, so that the last bit of a mean does not show.
std::string digits(double value) { return fmt::format("{:.12g}", value); }
double rounded(double value) { return std::stod(digits(value)); }

std::vector<std::vector<std::string>> rows_of(const SystemComparison& comparison) {
  std::vector<std::vector<std::string>> rows{
      {"system", "metric", "unit", "runs", "completed", "mean", "min", "max", "ratio"}};
  for (const ComparedSystem& system : comparison.systems)
    for (size_t i = 0; i < comparison.metrics.size(); ++i) {
      const result::Metric& metric = *comparison.metrics[i];
      const ComparedValue& value = system.values[i];
      const bool known = value.summary.count > 0;
      rows.push_back(
          {system.label, std::string(metric.name), std::string(metric.unit),
           std::to_string(system.runs), std::to_string(system.completed),
           known ? digits(value.summary.mean) : "", known ? digits(value.summary.min) : "",
           known ? digits(value.summary.max) : "", value.ratio ? digits(*value.ratio) : ""});
    }
  return rows;
}

json::value value_document(const ComparedValue& value) {
  if (value.summary.count == 0) return nullptr;
  return json::object{
      {"mean", rounded(value.summary.mean)},
      {"min", rounded(value.summary.min)},
      {"max", rounded(value.summary.max)},
      {"ratio", value.ratio ? json::value(rounded(*value.ratio)) : json::value(nullptr)}};
}

}  // namespace

std::string comparison_csv(const SystemComparison& comparison) {
  return text::csv_text(rows_of(comparison));
}

std::string comparison_markdown(const SystemComparison& comparison) {
  return text::markdown_text(rows_of(comparison));
}

std::string comparison_json(const SystemComparison& comparison) {
  json::array systems;
  for (const ComparedSystem& system : comparison.systems) {
    json::object values;
    for (size_t i = 0; i < comparison.metrics.size(); ++i)
      values[comparison.metrics[i]->name] = value_document(system.values[i]);
    systems.push_back(json::object{
        {"system", system.label},
        {"runs", system.runs},
        {"completed", system.completed},
        {"failure", system.failure.empty() ? json::value(nullptr) : json::value(system.failure)},
        {"metrics", std::move(values)}});
  }
  return text::to_json_text(
      json::object{{"schema", "wukong.comparison/1"}, {"systems", std::move(systems)}});
}

}  // namespace wukong::report

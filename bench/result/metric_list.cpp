#include "bench/result/metric_list.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "bench/result/metric.h"
#include "bench/text/json_text.h"
#include "bench/text/rows_text.h"
#include "bench/text/table.h"

namespace wukong::result {
namespace {

namespace json = boost::json;
using Align = text::Table::Align;

constexpr std::string_view kPageBeginning =
    "# Metrics\n\n"
    "The quantities of a run. A name of the first column is what `--metric` takes, a column of "
    "`wukong results export` and `wukong results sql`, and a key of baselines; the field is where "
    "the result document (`--json`) has it, in bytes where the metric is in GB. \"Better\" says "
    "which of two values is to be preferred, if one is. `wukong metrics` prints this list.\n\n"
    "Written by `./dev golden` from bench/result/metric_table.cpp.\n";

std::string group_name(MetricGroup group) {
  return group == MetricGroup::time ? "time" : std::string(title_of(group));
}

}  // namespace

std::string list_metrics(size_t width) {
  text::Table table({Align::left, Align::left, Align::left, Align::prose});
  table.add_row({"metric", "unit", "better", "what it is"});
  for (const MetricGroup group : kReportOrder) {
    table.add_heading(group_name(group));
    for (const Metric* metric : metrics_in(group))
      table.add_row({"  " + std::string(metric->name), std::string(metric->unit),
                     std::string(name_of(metric->better)), std::string(metric->about)});
  }
  return table.to_text({.width = width});
}

std::string metrics_json() {
  json::array list;
  for (const Metric& metric : metrics())
    list.push_back(json::object{
        {"name", metric.name},
        {"unit", metric.unit},
        {"group", group_name(metric.group)},
        {"better", metric.better == Better::neither ? json::value(nullptr)
                                                    : json::value(name_of(metric.better))},
        {"about", metric.about},
        {"field", metric.field.empty() ? json::value(nullptr) : json::value(metric.field)}});
  return text::to_json_text(
      json::object{{"schema", "wukong.metrics/1"}, {"metrics", std::move(list)}});
}

std::string metrics_page() {
  std::string text(kPageBeginning);
  std::vector<std::string> late;
  for (const Metric& metric : metrics())
    if (metric.in_baselines == InBaselines::no) late.push_back(fmt::format("`{}`", metric.name));
  text +=
      fmt::format("\nBaselines leave out {}, unless a suite names them.\n", fmt::join(late, ", "));
  for (const MetricGroup group : kReportOrder) {
    std::vector<std::vector<std::string>> rows{{"name", "unit", "better", "what it is", "field"}};
    for (const Metric* metric : metrics_in(group))
      rows.push_back({fmt::format("`{}`", metric->name), std::string(metric->unit),
                      std::string(name_of(metric->better)), std::string(metric->about),
                      metric->field.empty() ? "" : fmt::format("`{}`", metric->field)});
    std::string title = group_name(group);
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
    text += "\n## " + title + "\n\n" + text::markdown_text(rows);
  }
  return text;
}

}  // namespace wukong::result

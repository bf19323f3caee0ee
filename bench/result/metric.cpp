#include "bench/result/metric.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "bench/text/format.h"

namespace wukong::result {
namespace {

// Each type in the unit that metrics have of it.
struct InUnit {
  double operator()(std::monostate) const { return std::numeric_limits<double>::quiet_NaN(); }
  double operator()(Duration time) const { return text::seconds_of(time); }
  double operator()(Money money) const { return text::usd_of(money); }
  double operator()(Bytes bytes) const { return static_cast<double>(bytes.count()) / 1e9; }
  double operator()(uint64_t count) const { return static_cast<double>(count); }
  double operator()(double value) const { return value; }
};

constexpr std::string_view kGroupTitles[] = {
    "", "load", "tasks", "functions", "cost", "bytes", "operations", "time, summed over executors"};

}  // namespace

std::string_view title_of(MetricGroup group) { return kGroupTitles[static_cast<size_t>(group)]; }

std::vector<const Metric*> metrics_in(MetricGroup group) {
  std::vector<const Metric*> found;
  for (const Metric& metric : metrics())
    if (metric.group == group) found.push_back(&metric);
  return found;
}

double Metric::of(const run::RunResult& run) const { return std::visit(InUnit{}, measure(run)); }

std::string format_metric(const Metric& metric, double value) {
  if (metric.unit == "s") return text::format_time(value);
  if (metric.unit == "USD")
    return value < 0 ? "-" + text::format_money(-value) : text::format_money(value);
  if (metric.unit == "GB") return text::format_bytes(value * 1e9);
  if (metric.unit.empty() && (value == 0 || std::abs(value) >= 10 || value == std::round(value)))
    return text::format_count(value);
  return text::format_significant(value);
}

std::string_view name_of(Better better) {
  return better == Better::lower ? "lower" : better == Better::higher ? "higher" : "";
}

const Metric& find_metric(const std::string& name, const std::string& flag) {
  return find_metric(
      parameters::ParameterTree::make_scalar(name, {parameters::Origin::Kind::flag, flag, 0}), "");
}

const Metric& find_metric(const parameters::ParameterTree& written, const std::string& path) {
  std::vector<std::string_view> names;
  for (const Metric& metric : metrics()) {
    if (written.is_scalar() && written.text == metric.name) return metric;
    names.push_back(metric.name);
  }
  const std::string nearest = written.is_scalar() ? did_you_mean(written.text, names) : "";
  throw Error(written.origin.place(path), "a metric (`wukong metrics` lists them)",
              written.describe() + nearest);
}

}  // namespace wukong::result

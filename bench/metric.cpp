#include "bench/metric.h"

#include <fmt/format.h>

#include <vector>

#include "bench/format.h"

namespace wukong::bench {
namespace {

double gigabytes(Bytes bytes) { return static_cast<double>(bytes.count()) / 1e9; }

template <sim::Activity activity>
double seconds_spent(const RunResult& run) {
  return seconds_of(run.usage.time[static_cast<size_t>(activity)]);
}

constexpr Metric kMetrics[] = {
    {"makespan_s", "s", [](const RunResult& run) { return seconds_of(run.makespan); }},
    {"cost_usd", "USD", [](const RunResult& run) { return usd_of(run.cost.total()); }},
    {"cpu_core_s", "core s", [](const RunResult& run) { return run.cpu_core_s; }},
    {"read_gb", "GB", [](const RunResult& run) { return gigabytes(run.usage.read); }},
    {"written_gb", "GB", [](const RunResult& run) { return gigabytes(run.usage.written); }},
    {"nominal_read_gb", "GB",
     [](const RunResult& run) { return gigabytes(run.usage.nominal_read); }},
    {"nominal_written_gb", "GB",
     [](const RunResult& run) { return gigabytes(run.usage.nominal_written); }},
    {"input_gb", "GB", [](const RunResult& run) { return gigabytes(run.input); }},
    {"result_gb", "GB", [](const RunResult& run) { return gigabytes(run.result); }},
    {"storage_io_s", "s", seconds_spent<sim::Activity::storage_io>},
    {"invoke_s", "s", seconds_spent<sim::Activity::invoke>},
    {"serialize_s", "s", seconds_spent<sim::Activity::serialize>},
    {"execute_s", "s", seconds_spent<sim::Activity::execute>},
    {"publish_s", "s", seconds_spent<sim::Activity::publish>},
};

}  // namespace

std::span<const Metric> metrics() { return kMetrics; }

const Metric& find_metric(const ParameterTree& written, const std::string& path) {
  std::vector<std::string_view> names;
  for (const Metric& metric : kMetrics) {
    if (written.is_scalar() && written.text == metric.name) return metric;
    names.push_back(metric.name);
  }
  throw Error(written.origin.place(path), fmt::format("a metric ({})", fmt::join(names, ", ")),
              written.describe() + (written.is_scalar() ? did_you_mean(written.text, names) : ""));
}

}  // namespace wukong::bench

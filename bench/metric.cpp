#include "bench/metric.h"

#include <fmt/format.h>

#include <vector>

#include "bench/text/format.h"

namespace wukong::bench {
namespace {

double gigabytes(Bytes bytes) { return static_cast<double>(bytes.count()) / 1e9; }

template <sim::Activity activity>
double seconds_spent(const RunResult& run) {
  return seconds_of(run.usage.time[static_cast<size_t>(activity)]);
}

template <sim::CostItem item>
double dollars_for(const RunResult& run) {
  return usd_of(run.cost.of(item));
}

template <sim::Operation operation>
double times(const RunResult& run) {
  return static_cast<double>(run.usage.count_of(operation));
}

template <uint64_t RunResult::* field>
double count_in(const RunResult& run) {
  return static_cast<double>(run.*field);
}

// The price of a system's workers, if each ran exactly as long as the run: how SoCC'20 counts
// numpywren's cost. At the price of a GB-s that the run paid.
double price_of_workers(const RunResult& run) {
  if (run.workers == 0 || run.billed_gb_s == 0) return 0;
  const double gigabytes = static_cast<double>(run.functions.front().memory_mb) / 1024;
  const double gb_s = static_cast<double>(run.workers) * gigabytes * seconds_of(run.makespan);
  return gb_s * usd_of(run.cost.of(sim::CostItem::functions)) / run.billed_gb_s;
}

constexpr Metric kMetrics[] = {
    {"makespan_s", "s", [](const RunResult& run) { return seconds_of(run.makespan); }},
    {"cost_usd", "USD", [](const RunResult& run) { return usd_of(run.cost.total()); }},
    {"cpu_core_s", "core s", [](const RunResult& run) { return run.cpu_core_s; }},
    {"cpu_whole_core_s", "core s", [](const RunResult& run) { return run.cpu_whole_core_s; }},
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
    {"cost_functions_usd", "USD", dollars_for<sim::CostItem::functions>},
    {"cost_workers_usd", "USD", price_of_workers},
    {"cost_requests_usd", "USD", dollars_for<sim::CostItem::requests>},
    {"cost_storage_usd", "USD", dollars_for<sim::CostItem::storage>},
    {"cost_queue_usd", "USD", dollars_for<sim::CostItem::queue>},
    {"cost_machines_usd", "USD", dollars_for<sim::CostItem::machines>},
    {"billed_gb_s", "GB s", [](const RunResult& run) { return run.billed_gb_s; }},
    {"tasks", "", count_in<&RunResult::tasks>},
    {"tasks_executed", "", count_in<&RunResult::executed>},
    {"invocations", "", count_in<&RunResult::invocations>},
    {"cold_starts", "", count_in<&RunResult::cold_starts>},
    {"throttles", "", count_in<&RunResult::throttles>},
    {"peak_concurrency", "", count_in<&RunResult::peak_concurrency>},
    {"object_gets", "", times<sim::Operation::object_get>},
    {"object_puts", "", times<sim::Operation::object_put>},
    {"object_heads", "", times<sim::Operation::object_head>},
    {"counter_increments", "", times<sim::Operation::counter_increment>},
    {"counter_reads", "", times<sim::Operation::counter_read>},
    {"metadata_requests", "", times<sim::Operation::metadata_request>},
    {"messages_published", "", times<sim::Operation::publish>},
    {"queue_sends", "", times<sim::Operation::queue_send>},
    {"queue_receives", "", times<sim::Operation::queue_receive>},
    {"queue_receives_empty", "", times<sim::Operation::queue_receive_empty>},
    {"queue_deletes", "", times<sim::Operation::queue_delete>},
    {"retries", "", times<sim::Operation::retry>},
};

}  // namespace

std::span<const Metric> metrics() { return kMetrics; }

std::string format_metric(const Metric& metric, double value) {
  if (metric.unit == "s") return format_time(value);
  if (metric.unit == "USD") return value < 0 ? "-" + format_money(-value) : format_money(value);
  if (metric.unit == "GB") return format_bytes(value * 1e9);
  if (metric.unit.empty()) return format_count(value);
  return format_significant(value) + " " + std::string(metric.unit);
}

const Metric& find_metric(const std::string& name, const std::string& flag) {
  return find_metric(ParameterTree::make_scalar(name, {Origin::Kind::flag, flag, 0}), "");
}

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

#include "bench/summary.h"

#include <algorithm>

#include "bench/text/format.h"

namespace wukong::bench {
namespace {

QuantityGroup cost_quantities() {
  QuantityGroup group{
      "cost",
      {{"total", [](const RunResult& run) { return usd_of(run.cost.total()); }, format_money}}};
  for (size_t i = 0; i < sim::kCostItems; ++i)
    group.quantities.push_back({std::string(sim::kCostItemNames[i]),
                                [item = static_cast<sim::CostItem>(i)](const RunResult& run) {
                                  return usd_of(run.cost.of(item));
                                },
                                format_money});
  return group;
}

QuantityGroup byte_quantities() {
  using Field = Bytes sim::Usage::*;
  const std::pair<const char*, Field> fields[] = {
      {"read", &sim::Usage::read},
      {"written", &sim::Usage::written},
      {"read, nominal", &sim::Usage::nominal_read},
      {"written, nominal", &sim::Usage::nominal_written}};
  QuantityGroup group{"bytes", {}};
  for (const auto& [name, field] : fields)
    group.quantities.push_back({name,
                                [member = field](const RunResult& run) {
                                  return static_cast<double>((run.usage.*member).count());
                                },
                                format_bytes});
  return group;
}

QuantityGroup function_quantities() {
  using Field = uint64_t RunResult::*;
  const std::pair<const char*, Field> fields[] = {
      {"invocations", &RunResult::invocations},
      {"cold starts", &RunResult::cold_starts},
      {"throttles", &RunResult::throttles},
      {"peak concurrency", &RunResult::peak_concurrency},
      {"tasks executed", &RunResult::executed}};
  QuantityGroup group{"functions", {}};
  for (const auto& [name, field] : fields)
    group.quantities.push_back(
        {name, [member = field](const RunResult& run) { return static_cast<double>(run.*member); },
         format_count});
  group.quantities.push_back(
      {"billed GB-s", [](const RunResult& run) { return run.billed_gb_s; }, format_significant});
  group.quantities.push_back(
      {"CPU core-s", [](const RunResult& run) { return run.cpu_core_s; }, format_significant});
  return group;
}

QuantityGroup activity_quantities() {
  QuantityGroup group{"time, summed over executors", {}};
  for (size_t i = 0; i < sim::kActivities; ++i) {
    std::string name(sim::kActivityNames[i]);
    std::replace(name.begin(), name.end(), '_', ' ');
    group.quantities.push_back({std::move(name),
                                [i](const RunResult& run) { return seconds_of(run.usage.time[i]); },
                                format_time});
  }
  return group;
}

QuantityGroup operation_quantities() {
  QuantityGroup group{"operations", {}};
  for (size_t i = 0; i < sim::kOperations; ++i) {
    std::string name(sim::kOperationNames[i]);
    std::replace(name.begin(), name.end(), '_', ' ');
    group.quantities.push_back(
        {std::move(name),
         [i](const RunResult& run) { return static_cast<double>(run.usage.operations[i]); },
         format_count});
  }
  return group;
}

}  // namespace

Summary summarise(std::span<const double> values) {
  Summary summary;
  if (values.empty()) return summary;
  summary.count = values.size();
  summary.min = summary.max = values.front();
  double sum = 0;
  for (const double value : values) {
    sum += value;
    summary.min = std::min(summary.min, value);
    summary.max = std::max(summary.max, value);
  }
  // A sum's rounding must not put the mean outside of what was observed.
  summary.mean = std::clamp(sum / static_cast<double>(values.size()), summary.min, summary.max);
  return summary;
}

std::string spread_text(const Summary& summary, Formatter format) {
  const std::string least = format(summary.min);
  const std::string most = format(summary.max);
  return least == most ? "" : "[" + least + " .. " + most + "]";
}

std::vector<QuantityGroup> report_quantities() {
  QuantityGroup time{
      "", {{"time", [](const RunResult& run) { return seconds_of(run.makespan); }, format_time}}};
  return {std::move(time),       cost_quantities(),     byte_quantities(),
          function_quantities(), activity_quantities(), operation_quantities()};
}

Summary summarise(const Quantity& quantity, std::span<const RunResult> runs) {
  std::vector<double> values;
  for (const RunResult& run : runs)
    if (run.completed) values.push_back(quantity.of(run));
  return summarise(values);
}

}  // namespace wukong::bench

// The quantities of a run, in one table (metric_table.cpp): what each is called, its unit, what it
// says, how it is taken from a run, and where it is shown. Reports, the result document, results
// files and their exports, checks, `--metric`, `wukong metrics` and docs/metrics.md read it. A new
// quantity is a line there, and nothing else.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bench/parameters/parameter_tree.h"
#include "bench/run/run_result.h"

namespace wukong::result {

// What is taken from a run, in the type that it has there. Nothing: a run that failed has none.
using Measure = std::variant<std::monostate, Duration, Money, Bytes, uint64_t, double>;

// Where a quantity stands in reports.
enum class MetricGroup : uint8_t {
  time,
  load,
  tasks,
  functions,
  cost,
  bytes,
  operations,
  activities
};
// The groups in the order of reports: what people ask for first comes first.
constexpr MetricGroup kReportOrder[] = {
    MetricGroup::time,      MetricGroup::load,  MetricGroup::cost,       MetricGroup::bytes,
    MetricGroup::functions, MetricGroup::tasks, MetricGroup::activities, MetricGroup::operations};
std::string_view title_of(MetricGroup group);

enum class Better : uint8_t { neither, lower, higher };

// Whether the baselines of `wukong check` hold it; it can be named in a suite all the same. A
// metric that is added later is not in those that exist, and zeros are never written.
enum class InBaselines : uint8_t { yes, no };

struct Metric {
  std::string_view name;  // a column, and what --metric takes; ends in the unit
  std::string_view unit;  // "" for a count
  MetricGroup group;
  std::string_view label;  // its row in reports, under the group's title; with a unit of two words
  std::string_view field;  // where the result document has it, dotted; "": nowhere
  Better better;
  std::string_view about;
  Measure (*measure)(const run::RunResult& run);
  std::string_view headline = "";  // its column in a comparison's first table; "": not there
  InBaselines in_baselines = InBaselines::yes;

  // In `unit`. Not a number if there is nothing to take.
  double of(const run::RunResult& run) const;
};

std::span<const Metric> metrics();
std::vector<const Metric*> metrics_in(MetricGroup group);

// "1.25 s", "$0.0123", "1,234": a value of the metric as people read it. Units of two words are in
// name and label only.
std::string format_metric(const Metric& metric, double value);

// "lower", "higher" or "".
std::string_view name_of(Better better);

// The metric that a file or a flag names at `path`. Throws Error if there is none.
const Metric& find_metric(const parameters::ParameterTree& written, const std::string& path);
const Metric& find_metric(const std::string& name, const std::string& flag);

}  // namespace wukong::result

#include "bench/result_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>

#include "bench/parameters/parameter_json.h"
#include "bench/text/format.h"
#include "bench/text/json_text.h"
#include "bench/version.h"
#include "sim/base/check.h"

namespace wukong::bench {
namespace {

namespace json = boost::json;

// Sums of many products end in digits that mean nothing.
double to_micro(double value) { return std::round(value * 1e6) / 1e6; }

json::object cost_of(const sim::Ledger& ledger) {
  json::object cost{{"total", usd_of(ledger.total())}};
  for (size_t i = 0; i < sim::kCostItems; ++i)
    cost[sim::kCostItemNames[i]] = usd_of(ledger.of(static_cast<sim::CostItem>(i)));
  return cost;
}

json::object bytes_of(const sim::Usage& usage) {
  return {{"read", usage.read.count()},
          {"written", usage.written.count()},
          {"nominal_read", usage.nominal_read.count()},
          {"nominal_written", usage.nominal_written.count()}};
}

json::object operations_of(const sim::Usage& usage) {
  json::object operations;
  for (size_t i = 0; i < sim::kOperations; ++i)
    operations[sim::kOperationNames[i]] = usage.operations[i];
  return operations;
}

json::object times_of(const sim::Usage& usage) {
  json::object times;
  for (size_t i = 0; i < sim::kActivities; ++i)
    times[sim::kActivityNames[i]] = seconds_of(usage.time[i]);
  return times;
}

// In the order in which they struck.
json::array faults_of(const std::vector<sim::InjectedFault>& faults) {
  json::array document;
  for (const sim::InjectedFault& fault : faults)
    document.push_back(json::object{{"fault", sim::name_of(fault.point.kind)},
                                    {"opportunity", fault.point.number},
                                    {"at_s", seconds_of(fault.at.since_start())}});
  return document;
}

json::object run_document(const RunResult& run) {
  json::object document;
  document["system"] = run.system;
  document["workload"] = run.workload;
  document["seed"] = run.seed;
  document["completed"] = run.completed;
  document["failure"] = run.completed ? json::value(nullptr) : json::value(run.failure);
  if (!run.refusal.empty()) document["refused"] = run.refusal;
  document["makespan_s"] = run.completed ? json::value(seconds_of(run.makespan)) : nullptr;
  document["tasks"] = run.tasks;
  document["edges"] = run.edges;
  document["executed"] = run.executed;
  document["invocations"] = run.invocations;
  document["cold_starts"] = run.cold_starts;
  document["throttles"] = run.throttles;
  document["peak_concurrency"] = run.peak_concurrency;
  document["billed_gb_s"] = to_micro(run.billed_gb_s);
  document["cpu_core_s"] = to_micro(run.cpu_core_s);
  document["cost_usd"] = cost_of(run.cost);
  document["bytes"] = bytes_of(run.usage);
  document["operations"] = operations_of(run.usage);
  document["time_s"] = times_of(run.usage);
  if (!run.faults.empty()) document["faults"] = faults_of(run.faults);
  if (run.verification)
    document["verification"] = json::object{{"what", run.verification->what},
                                            {"residual", run.verification->residual},
                                            {"passed", run.verification->passed}};
  // Text: a reader's numbers may not hold 64 bits.
  document["trace_hash"] = fmt::format("{:016x}", run.trace_hash);
  return document;
}

// Nested as the experiment file is; each leaf with where it came from.
json::object parameters_document(const std::vector<EffectiveParameter>& parameters) {
  json::object document;
  for (const EffectiveParameter& parameter : parameters) {
    ENSURE(!parameter.path.empty());
    json::object* level = &document;
    for (size_t i = 0; i + 1 < parameter.path.size(); ++i) {
      json::value& next = (*level)[parameter.path[i]];
      if (!next.is_object()) next.emplace_object();
      level = &next.get_object();
    }
    json::object leaf{{"value", to_json(parameter.value)}, {"origin", parameter.origin.describe()}};
    if (!parameter.content.empty()) leaf["digest"] = parameter.content;  // of the file it names
    (*level)[parameter.path.back()] = std::move(leaf);
  }
  return document;
}

}  // namespace

std::string result_document(const Experiment& experiment, std::span<const RunResult> results) {
  json::array runs;
  for (const RunResult& run : results) runs.push_back(run_document(run));
  json::object document;
  document["schema"] = "wukong.result/1";
  document["program"] = json::object{{"version", program_version()}, {"commit", program_commit()}};
  document["runs"] = std::move(runs);
  if (const auto warnings = warnings_of(results); !warnings.empty())
    document["warnings"] = json::array(warnings.begin(), warnings.end());
  document["parameters"] = parameters_document(experiment.effective);
  return to_json_text(document);
}

}  // namespace wukong::bench

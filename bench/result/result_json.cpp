#include "bench/result/result_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>

#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_json.h"
#include "bench/result/metric.h"
#include "bench/text/format.h"
#include "bench/text/json_text.h"
#include "bench/text/version.h"
#include "sim/base/check.h"

namespace wukong::result {
namespace {

namespace json = boost::json;

// Sums of many products end in digits that mean nothing.
double to_micro(double value) { return std::round(value * 1e6) / 1e6; }

// In the units of the document: bytes are whole, not in GB.
struct AsJson {
  json::value operator()(std::monostate) const { return nullptr; }
  json::value operator()(Duration time) const { return text::seconds_of(time); }
  json::value operator()(Money money) const { return text::usd_of(money); }
  json::value operator()(Bytes bytes) const { return bytes.count(); }
  json::value operator()(uint64_t count) const { return count; }
  json::value operator()(double value) const { return to_micro(value); }
};

// The metrics that have a field; "bytes.read" is the key "read" of the object "bytes".
void add_metrics(const run::RunResult& run, json::object& document) {
  for (const Metric& metric : metrics()) {
    if (metric.field.empty()) continue;
    const size_t dot = metric.field.find('.');
    json::object* level = &document;
    if (dot != std::string_view::npos) {
      json::value& inner = document[metric.field.substr(0, dot)];
      level = inner.is_object() ? &inner.get_object() : &inner.emplace_object();
    }
    (*level)[metric.field.substr(dot + 1)] = std::visit(AsJson{}, metric.measure(run));
  }
}

// In the order in which they struck.
json::array faults_of(const std::vector<faults::InjectedFault>& faults) {
  json::array document;
  for (const faults::InjectedFault& fault : faults)
    document.push_back(json::object{{"fault", faults::name_of(fault.point.kind)},
                                    {"opportunity", fault.point.number},
                                    {"at_s", text::seconds_of(fault.at.since_start())}});
  return document;
}

// In nanoseconds, so that the parts add up to the makespan exactly.
json::object path_document(const run::CriticalPath& path) {
  json::object parts;
  for (size_t i = 0; i < run::kPathParts; ++i)
    parts[run::kPathPartNames[i]] = path.parts[i].count_ns();
  json::array segments;
  for (const run::PathSegment& segment : path.segments)
    segments.push_back(
        json::object{{"begin_ns", segment.begin.count_ns()},
                     {"end_ns", segment.end.count_ns()},
                     {"part", run::kPathPartNames[static_cast<size_t>(segment.part)]},
                     {"what", segment.what},
                     {"where", segment.where}});
  return {{"makespan_ns", path.total().count_ns()}, {"parts_ns", parts}, {"segments", segments}};
}

// Seconds, at the quantiles that a plot of the distribution needs.
json::object distribution_of(const statistics::QuantileSketch& sketch, double unit) {
  json::object document{{"count", sketch.count()}};
  if (sketch.count() == 0) return document;
  const auto in_unit = [&](Duration value) { return static_cast<double>(value.count_ns()) / unit; };
  document["mean"] = in_unit(sketch.mean());
  json::array quantiles;
  for (const double q : {0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0})
    quantiles.push_back(json::array{q, in_unit(sketch.quantile(q))});
  document["quantiles"] = std::move(quantiles);
  return document;
}

json::object group_document(const run::LoadGroup& group) {
  constexpr double kSecond = 1e9;
  constexpr double kRatio = 1e6;
  json::object document{{"name", group.name},
                        {"arrived", group.arrived},
                        {"failed", group.failed},
                        {"left_out", group.left_out},
                        {"invocations", group.invocations},
                        {"cold_starts", group.cold_starts},
                        {"cost_usd", text::usd_of(group.cost)},
                        {"response_s", distribution_of(group.response, kSecond)},
                        {"slowdown", distribution_of(group.slowdown, kRatio)},
                        {"queueing_s", distribution_of(group.queueing, kSecond)}};
  if (group.alone) document["alone_s"] = text::seconds_of(*group.alone);
  if (group.failed > 0) document["first_failure"] = group.first_failure;
  return document;
}

json::object time_line_document(const run::TimeLine& line) {
  return {{"part_s", text::seconds_of(line.part)},
          {"means", json::array(line.means.begin(), line.means.end())}};
}

json::object load_document(const run::LoadResult& load) {
  json::array groups;
  for (const run::LoadGroup& group : load.groups) groups.push_back(group_document(group));
  json::object document{{"all", group_document(load.all)},
                        {"groups", std::move(groups)},
                        {"shared_cost_usd", text::usd_of(load.shared_cost)},
                        {"until_s", text::seconds_of(load.until)},
                        {"idle_gb_s", load.idle_gb_s},
                        {"mean_concurrency", load.mean_running},
                        {"mean_environments", load.mean_environments},
                        {"concurrency", time_line_document(load.running)},
                        {"environments", time_line_document(load.environments)}};
  if (load.by_application)
    document["by_application"] =
        json::object{{"cold_share_p50", load.by_application->cold_share_p50},
                     {"cold_share_p75", load.by_application->cold_share_p75},
                     {"cold_share_p99", load.by_application->cold_share_p99}};
  return document;
}

json::object run_document(const run::RunResult& run) {
  json::object document;
  document["system"] = run.system;
  document["workload"] = run.workload;
  document["seed"] = run.seed;
  document["completed"] = run.completed;
  document["failure"] = run.completed ? json::value(nullptr) : json::value(run.failure);
  if (!run.refusal.empty()) document["refused"] = run.refusal;
  add_metrics(run, document);
  if (!run.faults.empty()) document["faults"] = faults_of(run.faults);
  if (run.verification)
    document["verification"] = json::object{{"what", run.verification->what},
                                            {"residual", run.verification->residual},
                                            {"passed", run.verification->passed}};
  if (run.lag)
    document["lag"] = json::object{{"furthest_s", text::seconds_of(run.lag->furthest)},
                                   {"mean_s", text::seconds_of(run.lag->mean)}};
  if (run.load) document["load"] = load_document(*run.load);
  if (run.critical_path) document["critical_path"] = path_document(*run.critical_path);
  // Text: a reader's numbers may not hold 64 bits.
  document["trace_hash"] = fmt::format("{:016x}", run.trace_hash);
  return document;
}

// Nested as the experiment file is; each leaf with where it came from.
json::object parameters_document(const std::vector<parameters::EffectiveParameter>& parameters) {
  json::object document;
  for (const parameters::EffectiveParameter& parameter : parameters) {
    ENSURE(!parameter.path.empty());
    json::object* level = &document;
    for (size_t i = 0; i + 1 < parameter.path.size(); ++i) {
      json::value& next = (*level)[parameter.path[i]];
      if (!next.is_object()) next.emplace_object();
      level = &next.get_object();
    }
    json::object leaf{{"value", parameters::to_json(parameter.value)},
                      {"origin", parameter.origin.describe()}};
    if (!parameter.content.empty()) leaf["digest"] = parameter.content;  // of the file it names
    (*level)[parameter.path.back()] = std::move(leaf);
  }
  return document;
}

}  // namespace

std::string result_document(const experiment::Experiment& experiment,
                            std::span<const run::RunResult> results) {
  json::array runs;
  for (const run::RunResult& run : results) runs.push_back(run_document(run));
  json::object document;
  document["schema"] = experiment::is_load(experiment) ? "wukong.load/1" : "wukong.result/1";
  document["program"] =
      json::object{{"version", text::program_version()}, {"commit", text::program_commit()}};
  document["runs"] = std::move(runs);
  if (const auto warnings = run::warnings_of(results); !warnings.empty())
    document["warnings"] = json::array(warnings.begin(), warnings.end());
  document["parameters"] = parameters_document(experiment.effective);
  return text::to_json_text(document);
}

}  // namespace wukong::result

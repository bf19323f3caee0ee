#include "bench/sweep/point_runs.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>
#include <exception>
#include <new>

#include "bench/parameters/parameter_json.h"
#include "bench/result/metric.h"
#include "bench/simulation/run_options.h"
#include "bench/text/digest.h"
#include "bench/text/version.h"
#include "scheduler/policy/policy.h"
#include "sim/base/check.h"

namespace wukong::sweep {
namespace {

namespace json = boost::json;

std::shared_ptr<const results::ParameterSection> make_section(std::string_view kind,
                                                              const json::object& document) {
  results::ParameterSection section{"", json::serialize(document)};
  section.hash = text::Digest().add(kind).add(section.document).text();
  return std::make_shared<const results::ParameterSection>(std::move(section));
}

// The path without its first keys: "functions.memory_mb" of the platform's.
std::string path_after(const parameters::EffectiveParameter& parameter, size_t skipped) {
  std::string text;
  for (size_t i = skipped; i < parameter.path.size(); ++i)
    text = parameters::join_path(text, parameter.path[i]);
  return text;
}

// With the digest of the file that it names, if it does: the file is what was run, not its name.
void put(json::object& document, const std::string& path,
         const parameters::EffectiveParameter& parameter) {
  document[path] = parameters::to_json(parameter.value);
  if (!parameter.content.empty()) document[path + " (digest)"] = parameter.content;
}

std::string metrics_text(const run::RunResult& result) {
  std::string text = "{";
  for (const result::Metric& metric : result::metrics()) {
    const double value = metric.of(result);
    if (!std::isfinite(value)) continue;
    text += fmt::format("{}\"{}\":{}", text.size() > 1 ? "," : "", metric.name, value);
  }
  return text + "}";
}

}  // namespace

PointRuns::PointRuns(const SweepPlan& plan, const experiment::Catalog& catalog, size_t point)
    : plan_(plan), point_(point) {
  try {
    experiment_ = experiment::make_experiment(plan.tree_at(point), catalog);
    describe_parameters();
  } catch (const Error& error) {
    refusal_ = error.what();
  }
}

// What belongs to none of the three parts, such as a bound of the run, goes with the platform.
void PointRuns::describe_parameters() {
  json::object platform;
  json::object workload{{"workload", experiment_->workload.name()}};
  std::vector<json::object> systems(experiment_->systems.size());
  for (const parameters::EffectiveParameter& parameter : experiment_->effective) {
    const std::string& section = parameter.path.front();
    if (section == "seed" || section == "replicates") continue;
    if (section == "workload") {
      put(workload, path_after(parameter, 2), parameter);
    } else if (section == "systems") {
      for (size_t i = 0; i < systems.size(); ++i)
        if (experiment_->systems[i].label == parameter.path[1])
          put(systems[i], path_after(parameter, 2), parameter);
    } else {
      put(platform, path_after(parameter, section == "platform" ? 1 : 0), parameter);
    }
  }
  platform_ = make_section("platform", platform);
  workload_ = make_section("workload", workload);
  for (const json::object& system : systems) systems_.push_back(make_section("system", system));
}

std::string PointRuns::key(const results::Cell& cell) const {
  ENSURE(static_cast<size_t>(cell.point) == point_, cell.point, point_);
  const auto system = static_cast<size_t>(cell.system);
  const auto seed = plan_.seed + static_cast<uint64_t>(cell.replicate);
  text::Digest digest;
  digest.add(text::program_sources()).add(seed);
  if (experiment_ && refusal_.empty())
    digest.add(platform_->hash).add(workload_->hash).add(systems_.at(system)->hash);
  else
    digest.add("refused").add(plan_.text_at(point_)).add(plan_.systems[system]).add(refusal_);
  return digest.text();
}

const PointRuns::Made& PointRuns::workload_in(dag::DagForm form) {
  const std::lock_guard lock(mutex_);
  std::optional<Made>& made = made_.at(static_cast<size_t>(form));
  if (made) return *made;
  made.emplace();
  try {
    made->workload.emplace(*experiment_, form);
  } catch (const std::bad_alloc&) {
    made.reset();
    throw;
  } catch (const std::exception& error) {
    made->refusal = error.what();
  }
  return *made;
}

results::RunRecord PointRuns::start_record(const results::Cell& cell) const {
  results::RunRecord record;
  record.key = key(cell);
  record.program = std::string(text::program_sources());
  if (!systems_.empty())
    record.sections = {platform_, workload_, systems_.at(static_cast<size_t>(cell.system))};
  record.seed = static_cast<int64_t>(plan_.seed) + cell.replicate;
  record.status = "failed";
  record.metrics = "{}";
  return record;
}

void PointRuns::record_result(const run::RunResult& result, results::RunRecord& record) const {
  if (result.completed)
    record.status = "completed";
  else
    record.status = result.deadlocked ? "deadlocked" : "failed";
  record.failure = result.failure;
  record.warnings = result.warnings;
  record.trace_hash = fmt::format("{:016x}", result.trace_hash);
  record.metrics = metrics_text(result);
  for (const result::Metric& metric : result::metrics())
    if (result.completed && metric.name == plan_.rule.metric) record.watched = metric.of(result);
}

results::RunRecord PointRuns::run(const results::Cell& cell) {
  results::RunRecord record = start_record(cell);
  record.failure = refusal_;
  if (!refusal_.empty()) return record;
  try {
    const experiment::SystemSetup& system =
        experiment_->systems.at(static_cast<size_t>(cell.system));
    const Made& made = workload_in(system.policy->form);
    record.failure = made.refusal;
    if (!made.refusal.empty()) return record;
    made.workload->check_feasible(system);
    const simulation::RunOptions options{.seed = static_cast<uint64_t>(record.seed),
                                         .horizon = experiment_->horizon,
                                         .faults = &experiment_->faults,
                                         .check = experiment_->check};
    record_result(made.workload->run(system, options), record);
  } catch (const std::bad_alloc&) {  // no result: on another day, or machine, there is enough
    throw;
  } catch (const std::exception& error) {
    record.failure = error.what();
  }
  return record;
}

}  // namespace wukong::sweep

#include "bench/time_report/advice.h"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "bench/simulation/run.h"
#include "bench/simulation/simulation.h"
#include "bench/text/format.h"
#include "scheduler/policy/policy.h"
#include "workloads/dag/dag.h"

namespace wukong::time_report {
namespace {

using run::PathPart;
using scheduler::TimeSink;

// What was tried says so if it makes the run shorter by this at least.
constexpr double kWorthSaying = 0.1;

double share(const run::CriticalPath& path, Duration part) {
  const Duration whole = path.total();
  return whole == Duration::zero() ? 0 : part.to_seconds() / whole.to_seconds();
}

// Tasks that ran one after another in the executor where most of the path's tasks ran.
struct Serial {
  size_t tasks = 0;
  Duration time;
};
Serial longest_serial(const run::CriticalPath& path) {
  std::map<std::string, Serial> by_place;
  for (const run::PathSegment& segment : path.segments) {
    if (segment.part != PathPart::compute) continue;
    Serial& there = by_place[segment.where];
    ++there.tasks;
    there.time += segment.end - segment.begin;
  }
  Serial longest;
  for (const auto& [place, serial] : by_place)
    if (serial.time > longest.time) longest = serial;
  return longest;
}

std::optional<Duration> makespan_with(const experiment::Experiment& experiment,
                                      const experiment::SystemSetup& system,
                                      const scheduler::Options& options) {
  const dag::Dag dag = experiment.workload.make_dag(system.policy->form);
  const simulation::RunOptions run_options{
      .seed = experiment.seed, .horizon = experiment.horizon, .faults = &experiment.faults};
  simulation::Simulation simulation(experiment.platform, run_options);
  run::Job job = simulation::job_of(system, experiment.workload.name(), dag);
  job.options = &options;
  simulation.start(job);
  const run::RunResult result = simulation.run();
  if (!result.completed) return std::nullopt;
  return result.makespan;
}

std::string in_seconds(Duration time) { return text::format_time(text::seconds_of(time)); }

// Where much of the path's time went, and in words.
struct Finding {
  TimeSink sink;
  std::string text;
};
std::optional<Finding> find_sink(const run::CriticalPath& path) {
  constexpr double kMuch = 0.3;
  const Serial serial = longest_serial(path);
  if (serial.tasks >= 2 && share(path, serial.time) >= kMuch)
    return Finding{TimeSink::serial_tasks,
                   fmt::format("{} tasks of the path ran one after another in one executor, "
                               "{:.0f} % of the time",
                               serial.tasks, 100 * share(path, serial.time))};
  const double moved = share(path, path.of(PathPart::get) + path.of(PathPart::put));
  if (moved >= kMuch)
    return Finding{TimeSink::objects,
                   fmt::format("{:.0f} % of the time objects are stored and fetched", 100 * moved)};
  return std::nullopt;
}

}  // namespace

std::string advice_for(const experiment::Experiment& experiment,
                       const experiment::SystemSetup& system, const run::RunResult& result) {
  if (system.policy->alternative == nullptr || !result.critical_path) return "";
  const auto found = find_sink(*result.critical_path);
  if (!found) return "";
  const auto other = system.policy->alternative(*system.options, found->sink);
  if (!other) return "";
  const auto makespan = makespan_with(experiment, system, *other->options);
  if (!makespan || makespan->to_seconds() > (1 - kWorthSaying) * result.makespan.to_seconds())
    return "";
  return fmt::format("{}: with {} {} in place of {} it takes {}, not {}.", found->text,
                     other->option, text::format_significant(other->after),
                     text::format_significant(other->before), in_seconds(*makespan),
                     in_seconds(result.makespan));
}

}  // namespace wukong::time_report

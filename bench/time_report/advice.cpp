#include "bench/time_report/advice.h"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "bench/simulation/run.h"
#include "bench/simulation/simulation.h"
#include "bench/text/format.h"
#include "scheduler/policy/policy.h"
#include "scheduler/wukong/decisions/options.h"
#include "workloads/dag/dag.h"

namespace wukong::time_report {
namespace {

using run::PathPart;
using wukong_decisions::WukongOptions;

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
                                      const WukongOptions& options) {
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

// The threshold of large objects decides whether consumers run where an object is, one after
// another, or far away from it, side by side.
std::string threshold_advice(const experiment::Experiment& experiment,
                             const experiment::SystemSetup& system, const WukongOptions& options,
                             const run::RunResult& result) {
  const run::CriticalPath& path = *result.critical_path;
  const Serial serial = longest_serial(path);
  const Duration moved = path.of(PathPart::get) + path.of(PathPart::put);
  const bool raise = serial.tasks >= 2 && share(path, serial.time) >= 0.3;
  const bool lower = !raise && share(path, moved) >= 0.3;
  if (!raise && !lower) return "";
  const double before = static_cast<double>(options.large_object_threshold.count());
  const double after = raise ? before * 100 : before / 100;
  WukongOptions changed = options;
  changed.large_object_threshold = Bytes(static_cast<int64_t>(after));
  const auto makespan = makespan_with(experiment, system, changed);
  if (!makespan) return "";
  if (makespan->to_seconds() > (1 - kWorthSaying) * result.makespan.to_seconds()) return "";
  const std::string why =
      raise ? fmt::format(
                  "{} tasks of the path ran one after another in one executor, {:.0f} % of "
                  "the time",
                  serial.tasks, 100 * share(path, serial.time))
            : fmt::format("{:.0f} % of the time objects are stored and fetched",
                          100 * share(path, moved));
  return fmt::format("{}: with large_object_threshold_mb {} in place of {} it takes {}, not {}.",
                     why, text::format_significant(after / 1e6),
                     text::format_significant(before / 1e6), in_seconds(*makespan),
                     in_seconds(result.makespan));
}

}  // namespace

std::string advice_for(const experiment::Experiment& experiment,
                       const experiment::SystemSetup& system, const run::RunResult& result) {
  const auto* const options = dynamic_cast<const WukongOptions*>(system.options.get());
  if (options == nullptr || !result.critical_path) return "";
  return threshold_advice(experiment, system, *options, result);
}

}  // namespace wukong::time_report

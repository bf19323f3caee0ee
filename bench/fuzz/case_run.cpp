// Runs a case, and says what came of it.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "bench/critical_path/path_recorder.h"
#include "bench/experiment/catalog.h"
#include "bench/fuzz/fuzz_case.h"
#include "bench/fuzz/option_catalog.h"
#include "bench/invariants/explained_time.h"
#include "bench/simulation/emulate.h"
#include "bench/simulation/run.h"
#include "sim/base/error.h"
#include "sim/engine/frame_count.h"

namespace wukong::fuzz {
namespace {

// Who is slow without a cause may be about to stand still for ever: a run that its horizon does not
// end is held to what it has to do and to what went wrong in it, too.
void check_time(const PreparedCase& prepared, const faults::FaultSpec& faults,
                run::RunResult& result) {
  const experiment::Experiment& experiment = prepared.experiment;
  const Duration work = invariants::explained_time(*prepared.dag, experiment.platform);
  if (!result.completed || experiment.horizon < work) return;
  const Duration explained =
      work + invariants::time_of_mishaps(experiment.platform, faults, result);
  if (result.makespan <= explained) return;
  std::string parts;
  for (size_t part = 0; result.critical_path && part < run::kPathParts; ++part)
    if (const Duration time = result.critical_path->parts[part]; time > Duration::zero())
      parts += fmt::format("{}{} {:.6g} s", parts.empty() ? ": " : ", ", run::kPathPartNames[part],
                           time.to_seconds());
  result.violations.push_back(fmt::format("it took {:.6g} s, and {:.6g} s are explained{}",
                                          result.makespan.to_seconds(), explained.to_seconds(),
                                          parts));
}

// Memory: a coroutine's frame is there as long as somebody needs it. Whoever is alive at one time
// has a few of them: an execution of a task, its edges (a request or a message each, at most), a
// function, a worker. (How often tasks are executed has a bound of its own.)
void check_frames(int64_t before, run::RunResult& result) {
  constexpr int64_t kFew = 16;
  // Of what is there without a task: services, machines, and the 10,000 processes that a system's
  // `invokers` or `start_workers` may be, of three frames each.
  constexpr int64_t kAlways = 35'000;
  const int64_t left = engine::frames_alive() - before;
  if (left != 0) result.violations.push_back(fmt::format("{} frames of coroutines are left", left));
  const auto alive = static_cast<int64_t>(std::max(result.tasks, result.executed) + result.edges +
                                          result.peak_concurrency);
  const int64_t most = engine::most_frames_alive() - before;
  if (most > kFew * alive + kAlways)
    result.violations.push_back(
        fmt::format("there were {} frames of coroutines at a time, for {} executions, edges "
                    "and functions at a time",
                    most, alive));
}

// Nothing here depends on how busy the machine is: a run's time is that of its clock, which cannot
// have gone further than the wall's; nor can the run have been faster than its tasks, which the
// emulation checks itself.
run::RunResult emulate_case(const PreparedCase& prepared) {
  const auto begin = std::chrono::steady_clock::now();
  run::RunResult result = simulation::emulate_experiment(prepared.experiment).front().result;
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  if (!result.completed) return result;
  const double most = wall.count() * prepared.experiment.emulation.speed;
  if (result.makespan.to_seconds() > most)
    result.violations.push_back(fmt::format("it took {:.6g} s, but only {:.6g} s had passed",
                                            result.makespan.to_seconds(), most));
  if (!result.lag) result.violations.emplace_back("nothing says how late the emulation was");
  return result;
}

// Who gives up before the run says why, and where that was written.
FuzzReport refused(uint64_t index, const Error& error) {
  FuzzReport report;
  report.index = index;
  report.runs = report.rejected = 1;
  if (error.place().key.empty())
    report.violations.push_back(std::string("it is refused, but no key is named: ") + error.what());
  return report;
}

}  // namespace

run::RunResult run_case(const PreparedCase& prepared, const faults::FaultSpec& faults) {
  const experiment::Experiment& experiment = prepared.experiment;
  const int64_t frames_before = engine::frames_alive();
  engine::forget_most_frames();
  critical_path::PathRecorder recorder;
  const simulation::RunOptions options{.seed = experiment.seed,
                                       .horizon = experiment.horizon,
                                       .faults = &faults,
                                       .check = true,
                                       .sink = &recorder,
                                       .listener = &recorder,
                                       .wakes = &recorder};
  run::RunResult result = simulation::run_once(experiment.platform, experiment.systems.front(),
                                               experiment.workload.name(), *prepared.dag, options);
  result.critical_path = recorder.path();
  if (result.critical_path && result.critical_path->total() != result.makespan)
    result.violations.emplace_back("the critical path is not as long as the run");
  check_time(prepared, faults, result);
  check_frames(frames_before, result);
  return result;
}

FuzzReport report_result(uint64_t index, const run::RunResult& result) {
  FuzzReport report;
  report.index = index;
  report.runs = 1;
  report.completed = result.completed ? 1 : 0;
  std::vector<faults::FaultPoint> points;
  for (const faults::InjectedFault& fault : result.faults) {
    ++report.faults[static_cast<size_t>(fault.point.kind)];
    points.push_back(fault.point);
  }
  report.violations = result.violations;
  if (!report.violations.empty()) report.points = describe(points);
  return report;
}

namespace {

FuzzReport report_prepared(uint64_t index, const std::string& text, const PreparedCase& prepared) {
  FuzzReport report;
  report.index = index;
  report.runs = report.rejected = 1;
  try {
    report =
        report_result(index, prepared.emulated ? emulate_case(prepared)
                                               : run_case(prepared, prepared.experiment.faults));
  } catch (const Error&) {  // the policy refuses it
  }
  if (!report.violations.empty()) report.text = text;
  return report;
}

}  // namespace

FuzzReport report_case(uint64_t index, const std::string& text) {
  FuzzReport report;
  report.index = index;
  report.runs = report.rejected = 1;
  const PreparedCase prepared = prepare_case(text);
  if (!prepared.dag) return report;
  return report_prepared(index, text, prepared);
}

FuzzReport report_case(uint64_t index, const std::string& text, const OptionCatalog& options) {
  FuzzReport report;
  report.index = index;
  report.runs = report.rejected = 1;
  try {
    const PreparedCase prepared = prepare_case(text, options.catalog());
    if (prepared.dag) report = report_prepared(index, text, prepared);
  } catch (const Error& error) {
    report = refused(index, error);
  }
  if (!report.violations.empty()) report.text = text;
  const CaseOptions set = options.options_in(text);
  report.policy = set.policy;
  report.options = set.names;
  return report;
}

}  // namespace wukong::fuzz

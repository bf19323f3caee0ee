#include "bench/commands/run_listeners.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/commands/experiment_command.h"
#include "bench/experiment/experiment.h"
#include "bench/files/text_file.h"

namespace wukong::commands {
namespace {

// The flags that show one run, as they are given.
std::vector<std::string> shows_one_run(const ExperimentFlags& flags) {
  std::vector<std::string> given;
  if (!flags.trace.empty()) given.emplace_back("--trace");
  if (!flags.events.empty()) given.emplace_back("--events");
  if (!flags.schedule.empty()) given.emplace_back("--wfformat");
  return given;
}

// Whose first replicate is asked for.
size_t shown_system(const ExperimentFlags& flags, const experiment::Experiment& experiment) {
  if (flags.trace_system.empty()) return 0;
  std::vector<std::string> labels;
  for (const experiment::SystemSetup& system : experiment.systems) labels.push_back(system.label);
  const auto found = std::find(labels.begin(), labels.end(), flags.trace_system);
  if (found == labels.end())
    throw Error({"--trace-system", 0, ""},
                fmt::format("one of the experiment's systems ({})", fmt::join(labels, ", ")),
                "\"" + flags.trace_system + "\"" + did_you_mean(flags.trace_system, labels));
  return static_cast<size_t>(found - labels.begin());
}

}  // namespace

// Each passes on what it hears to the one that was made before it.
run::RunListener* RunListeners::listen_to_shown(const ExperimentFlags& flags) {
  run::RunListener* first = nullptr;
  if (!flags.trace.empty()) first = &trace_.emplace(flags.trace);
  if (!flags.events.empty()) first = &events_.emplace(flags.events, first);
  if (!flags.schedule.empty()) first = &schedule_.emplace(first);
  schedule_file_ = flags.schedule;
  return first;
}

RunListeners::RunListeners(const ExperimentFlags& flags, const experiment::Experiment& experiment)
    : replicates_(static_cast<size_t>(experiment.replicates)) {
  if (!flags.plot.empty() && !experiment::is_load(experiment))
    throw Error({"--plot", 0, ""}, "a load, whose jobs or invocations are many",
                "a workload of one DAG");
  const std::vector<std::string> shown = shows_one_run(flags);
  if (!shown.empty()) experiment::require_one_dag(experiment, shown.front());
  if (flags.explain_time) experiment::require_one_dag(experiment, "an explanation of its time");
  if (!shown.empty()) shown_ = shown_system(flags, experiment);
  run::RunListener* const shows = listen_to_shown(flags);
  for (size_t i = 0; i < experiment.systems.size(); ++i) {
    run::RunListener* const listener = i == shown_ ? shows : nullptr;
    if (flags.explain_time) {
      critical_path::PathRecorder& recorder = recorders_.emplace_back(listener);
      watches_.push_back(
          {.system = i, .listener = &recorder, .wakes = &recorder, .records = &recorder});
    } else if (listener != nullptr) {
      watches_.push_back({.system = i, .listener = listener});
    }
  }
}

void RunListeners::close(std::vector<run::RunResult>& results) {
  for (size_t i = 0; i < recorders_.size(); ++i)
    results.at(i * replicates_).critical_path = recorders_[i].path();
  if (!trace_ && !events_ && !schedule_) return;
  const run::RunResult& shown = results.at(shown_ * replicates_);
  if (!shown.refusal.empty())
    throw Error({trace_    ? "--trace"
                 : events_ ? "--events"
                           : "--wfformat",
                 0, ""},
                "a system that can run (--trace-system names another)",
                "\"" + shown.system + "\": " + shown.refusal);
  if (trace_ && shown.critical_path) trace_->show_path(*shown.critical_path);
  if (trace_) trace_->close();
  if (events_) events_->close();
  if (schedule_) files::write_text_file(schedule_file_, schedule_->wfformat());
}

}  // namespace wukong::commands

// What listens to the runs of an experiment: a trace, a table of events and a schedule of one, and
// a recorder of the critical path of the first of each system. The trace shows the path, too.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "bench/critical_path/path_recorder.h"
#include "bench/event_table/event_table.h"
#include "bench/event_table/task_schedule.h"
#include "bench/run/run_result.h"
#include "bench/simulation/watch.h"
#include "bench/trace/chrome_trace.h"

namespace wukong::experiment {
struct Experiment;
}  // namespace wukong::experiment

namespace wukong::commands {

struct ExperimentFlags;

class RunListeners {
 public:
  // Throws Error if what is asked for cannot be had of this experiment.
  RunListeners(const ExperimentFlags& flags, const experiment::Experiment& experiment);

  const simulation::Watches& watches() const { return watches_; }

  // After the runs, whose results learn their critical paths. Writes the files.
  void close(std::vector<run::RunResult>& results);

 private:
  run::RunListener* listen_to_shown(const ExperimentFlags& flags);

  size_t replicates_;
  size_t shown_ = 0;
  std::optional<trace::ChromeTrace> trace_;
  std::optional<event_table::EventTable> events_;
  std::optional<event_table::TaskSchedule> schedule_;
  std::string schedule_file_;
  std::deque<critical_path::PathRecorder> recorders_;  // by system
  simulation::Watches watches_;
};

}  // namespace wukong::commands

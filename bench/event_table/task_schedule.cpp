#include "bench/event_table/task_schedule.h"

#include <fmt/format.h>

#include "bench/run/run_result.h"
#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/dag/dag.h"

namespace wukong::event_table {

const std::string& TaskSchedule::wfformat() const {
  if (!failure_.empty())
    throw Error(ErrorPlace{"--wfformat", 0, ""}, "a run that completes and executes its tasks",
                failure_);
  ENSURE(!text_.empty() && "the run has ended");
  return text_;
}

// Of a task that was executed more than once, the execution that ended last.
void TaskSchedule::take(const EndedSpan& span) {
  if (span.start.kind != engine::SpanKind::task) return;
  executions_.resize(dag().task_count());
  executions_[span.start.subject] = {span.begin.since_start(), span.end - span.begin,
                                     span.start.host};
}

void TaskSchedule::end_run(const run::RunResult& result) {
  if (!result.completed) {
    failure_ = result.failure;
    return;
  }
  if (executions_.empty()) {
    failure_ = result.system + ", which is a bound and executes none";
    return;
  }
  wfformat::WfformatExport options;
  options.name = result.workload;
  options.description = fmt::format(
      "A run of {} with the seed {}, written by wukong. A task's time is that of its "
      "computing, without what it reads and writes; its dates count from the run's "
      "start.",
      result.system, result.seed);
  options.executions = executions_;
  options.machines = hosts();
  options.makespan = result.makespan;
  text_ = wfformat::export_wfformat(dag(), options);
}

}  // namespace wukong::event_table

// Which task ran where and when: the schedule of a run, as WfFormat.
#pragma once

#include <string>
#include <vector>

#include "bench/event_table/span_listener.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong::event_table {

class TaskSchedule final : public SpanListener {
 public:
  explicit TaskSchedule(run::RunListener* next = nullptr) : SpanListener(next) {}

  // Throws Error if the run did not complete, or was that of a bound, which executes nothing.
  // REQUIRES: it has ended.
  const std::string& wfformat() const;

 private:
  void take(const EndedSpan& span) override;
  void end_run(const run::RunResult& result) override;

  std::vector<wfformat::Execution> executions_;  // by task
  std::string text_;
  std::string failure_;  // of the run
};

}  // namespace wukong::event_table

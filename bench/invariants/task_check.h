// The part of the invariants that is about tasks and objects: order, number and time of executions,
// and what was written and read. Owned by the checker.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "bench/invariants/broken_invariants.h"
#include "bench/invariants/expectations.h"
#include "bench/invariants/function_check.h"
#include "sim/engine/trace.h"
#include "workloads/dag.h"

namespace wukong::bench {

class TaskCheck {
 public:
  TaskCheck(const workloads::Dag& dag, const sim::PlatformSpec& platform, BrokenInvariants& broken);

  void follow(const sim::TraceRecord& record, const FunctionCheck& functions);
  void end(const RunResult& result, const Expectations& expected, const FunctionCheck& functions);

 private:
  void start(const sim::TraceRecord& record, const FunctionCheck& functions);
  void finish(const sim::TraceRecord& record);
  void write(const sim::TraceRecord& record);
  void read(const sim::TraceRecord& record);
  void check_executions(const RunResult& result, const Expectations& expected,
                        const FunctionCheck& functions);
  void check_makespan(const RunResult& result, const Expectations& expected);
  // Of the DAG; others are a system's own.
  bool is_of_dag(uint32_t object) const { return object < dag_.object_count(); }

  const workloads::Dag& dag_;
  const sim::PlatformSpec& platform_;
  BrokenInvariants& broken_;
  std::vector<std::string> too_early_;                   // counts only where order is promised
  std::vector<Duration> least_times_;                    // of tasks
  std::vector<uint64_t> executions_;                     // that finished, by task
  std::set<uint32_t> readable_;                          // objects
  std::map<std::pair<uint32_t, uint32_t>, Time> tasks_;  // starts, by host and task
  uint64_t starts_ = 0;
  size_t most_ = 0;  // tasks at a time
  Bytes written_;
  Bytes read_;
  bool lease_expired_ = false;
};

}  // namespace wukong::bench

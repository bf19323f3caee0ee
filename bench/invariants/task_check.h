// The part of the invariants that is about tasks and objects: order, number and time of executions,
// and what was written and read. Owned by the checker.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "bench/invariants/broken_invariants.h"
#include "sim/base/bytes.h"
#include "sim/base/time.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::engine {
struct TraceRecord;
}  // namespace wukong::engine

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::invariants {

struct Expectations;
class FunctionCheck;

class TaskCheck {
 public:
  TaskCheck(const dag::Dag& dag, const platform::PlatformSpec& platform, BrokenInvariants& broken);

  void follow(const engine::TraceRecord& record, const FunctionCheck& functions);
  void end(const run::RunResult& result, const Expectations& expected,
           const FunctionCheck& functions);

 private:
  void start(const engine::TraceRecord& record, const FunctionCheck& functions);
  void finish(const engine::TraceRecord& record);
  void function_ends(const engine::TraceRecord& record);
  void check_repeats(const Expectations& expected);
  void write(const engine::TraceRecord& record);
  void read(const engine::TraceRecord& record);
  void check_executions(const run::RunResult& result, const Expectations& expected,
                        const FunctionCheck& functions);
  void check_makespan(const run::RunResult& result, const Expectations& expected);
  // Of the DAG; others are a system's own.
  bool is_of_dag(uint32_t object) const;

  const dag::Dag& dag_;
  const platform::PlatformSpec& platform_;
  BrokenInvariants& broken_;
  std::vector<std::string> too_early_;                   // counts only where order is promised
  std::vector<Duration> least_times_;                    // of tasks
  std::vector<uint64_t> executions_;                     // that finished, by task
  std::vector<uint64_t> begun_;                          // executions that started, by task
  std::vector<uint64_t> failed_;                         // functions that failed and had begun it
  std::map<uint32_t, std::set<uint32_t>> begun_there_;   // tasks, by host of a running function
  std::set<uint32_t> readable_;                          // objects
  std::map<std::pair<uint32_t, uint32_t>, Time> tasks_;  // starts, by host and task
  uint64_t starts_ = 0;
  size_t most_ = 0;  // tasks at a time
  Bytes written_;
  Bytes read_;
  uint64_t expired_leases_ = 0;
};

}  // namespace wukong::invariants

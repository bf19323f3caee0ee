#include "bench/invariants/task_check.h"

#include <algorithm>

#include "bench/invariants/expectations.h"
#include "bench/invariants/function_check.h"
#include "bench/run/run_result.h"
#include "sim/base/portable_math.h"
#include "sim/engine/trace.h"
#include "sim/platform/platform_spec.h"
#include "workloads/dag/statistics.h"

namespace wukong::invariants {
namespace {

using engine::TraceKind;
using engine::TraceRecord;

// No normal number is farther out: RandomStream's method draws them from doubles of 53 bits.
constexpr double kMostDeviations = 12;

// With the platform's fastest vCPUs, in the fastest environment that could be drawn: the least time
// that a task takes on any host that is so wide.
std::vector<Duration> least_times(const dag::Dag& dag, const platform::PlatformSpec& platform,
                                  double vcpus) {
  double fastest = 1;
  for (const auto& [name, machine] : platform.machines)
    fastest = std::max({fastest, machine.vcpu_speed * machine.lone_speed,
                        machine.product_speed * machine.lone_speed});
  const double environment =
      portable_exp(kMostDeviations * platform.functions.environment.speed_sigma);
  const hosts::HostSpeed speed{std::max(fastest, environment), environment};
  std::vector<Duration> times;
  for (const TaskId task : dag.tasks())
    times.push_back(hosts::execution_time(dag.cost(task), vcpus, platform.compute, speed));
  return times;
}

}  // namespace

TaskCheck::TaskCheck(const dag::Dag& dag, const platform::PlatformSpec& platform,
                     BrokenInvariants& broken)
    : dag_(dag),
      platform_(platform),
      broken_(broken),
      least_times_(least_times(dag, platform, Expectations::kAnyHost)),
      executions_(dag.task_count()),
      begun_(dag.task_count()),
      failed_(dag.task_count()) {
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid() && !dag.absent(object)) readable_.insert(object.value());
}

bool TaskCheck::is_of_dag(uint32_t object) const { return object < dag_.object_count(); }

void TaskCheck::follow(const TraceRecord& record, const FunctionCheck& functions) {
  switch (record.kind) {
    case TraceKind::task_started:
      return start(record, functions);
    case TraceKind::task_finished:
      return finish(record);
    case TraceKind::object_written:
      return write(record);
    case TraceKind::object_read:
      return read(record);
    case TraceKind::finished:
    case TraceKind::failed:
      return function_ends(record);
    case TraceKind::lease_expired:
      ++expired_leases_;
      return;
    default:
      return;
  }
}

void TaskCheck::start(const TraceRecord& record, const FunctionCheck& functions) {
  const TaskId task(record.subject);
  for (const TaskId predecessor : dag_.predecessors(task))
    if (executions_[predecessor.index()] == 0)
      too_early_.push_back(dag_.name(task) + " starts before " + dag_.name(predecessor) +
                           " has finished");
  broken_.expect(!functions.is_function(record.actor) || functions.runs(record.actor),
                 dag_.name(task) + " starts in a function that does not run");
  if (functions.is_function(record.actor)) begun_there_[record.actor].insert(record.subject);
  ++begun_[task.index()];
  ++starts_;
  tasks_[{record.actor, record.subject}] = record.time;
  most_ = std::max(most_, tasks_.size());
}

void TaskCheck::function_ends(const TraceRecord& record) {
  const auto begun = begun_there_.find(record.subject);
  if (record.kind == TraceKind::failed) {
    std::erase_if(tasks_, [&](const auto& task) { return task.first.first == record.subject; });
    if (begun != begun_there_.end())
      for (const uint32_t task : begun->second) ++failed_[task];
  }
  if (begun != begun_there_.end()) begun_there_.erase(begun);
}

void TaskCheck::finish(const TraceRecord& record) {
  const TaskId task(record.subject);
  ++executions_[task.index()];
  const auto started = tasks_.find({record.actor, record.subject});
  if (started == tasks_.end())
    return broken_.expect(false, dag_.name(task) + " finishes without a start");
  broken_.expect(record.time - started->second >= least_times_[task.index()],
                 dag_.name(task) + " takes less time than it needs");
  tasks_.erase(started);
}

void TaskCheck::write(const TraceRecord& record) {
  readable_.insert(record.subject);
  written_ += Bytes(record.value);
  if (!is_of_dag(record.subject)) return;
  const ObjectId object(record.subject);
  const TaskId producer = dag_.producer(object);
  broken_.expect(producer.valid() && executions_[producer.index()] > 0,
                 dag_.name(object) + " is written before its task has ended");
  broken_.expect(Bytes(record.value) == dag_.size(object).actual,
                 dag_.name(object) + " is written with another size than it has");
}

void TaskCheck::read(const TraceRecord& record) {
  read_ += Bytes(record.value);
  broken_.expect(readable_.contains(record.subject),
                 "object " + std::to_string(record.subject) + " is read before it exists");
}

void TaskCheck::end(const run::RunResult& result, const Expectations& expected,
                    const FunctionCheck& functions) {
  check_executions(result, expected, functions);
  check_repeats(expected);
  broken_.expect(result.executed == starts_, "the result counts other executions than the trace");
  if (written_ + read_ > Bytes(0))  // Dask's workers send each other what no store sees
    broken_.expect(result.usage.written == written_ && result.usage.read == read_,
                   "the result counts other bytes than the trace");
  if (!expected.in_order) return;  // and a result may come before its inputs
  check_makespan(result, expected);
  for (const std::string& sentence : too_early_) broken_.expect(false, sentence);
  broken_.expect(result.usage.missed_reads == 0,
                 std::to_string(result.usage.missed_reads) +
                     " requests asked for an object that was not there");
}

void TaskCheck::check_executions(const run::RunResult& result, const Expectations& expected,
                                 const FunctionCheck& functions) {
  const bool once = expected.once && !functions.any_failed() && expired_leases_ == 0;
  for (const TaskId task : dag_.tasks()) {
    const uint64_t executions = executions_[task.index()];
    broken_.expect(executions > 0 || !result.completed || !expected.runs_tasks,
                   dag_.name(task) + " was never executed");
    broken_.expect(!once || executions <= 1,
                   dag_.name(task) + " was executed " + std::to_string(executions) + " times");
  }
}

// A task's executions are one, and one more for each cause of its own: a retry of the function that
// ran it, another delivery of the invocation or the message that it came by. What follows a
// repeated task has no such cause, and is not repeated with it.
void TaskCheck::check_repeats(const Expectations& expected) {
  if (!expected.repeats) return;
  for (const TaskId task : dag_.tasks()) {
    uint64_t most = 1 + *expected.repeats + expired_leases_;
    if (expected.failures_repeat) most += failed_[task.index()];
    const uint64_t begun = begun_[task.index()];
    if (begun > most)
      broken_.expect(false, dag_.name(task) + " was begun " + std::to_string(begun) +
                                " times, which what went wrong explains " + std::to_string(most) +
                                " times");
  }
}

void TaskCheck::check_makespan(const run::RunResult& result, const Expectations& expected) {
  if (!result.completed || most_ == 0) return;
  const dag::Work work = dag::work_of(dag_, least_times(dag_, platform_, expected.widest_host));
  broken_.expect(result.makespan >= work.span, "the makespan is below the critical path");
  broken_.expect(result.makespan * static_cast<int64_t>(most_) >= work.work,
                 "the makespan is below the work over the most tasks at a time");
}

}  // namespace wukong::invariants

#include "test/support/invariants.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "workloads/statistics.h"

namespace wukong::test {
namespace {

using sim::TraceKind;
using sim::TraceRecord;

// On a host as wide as any task can use: the least time that a task takes anywhere.
constexpr double kManyVcpus = 10'000;

class Checker {
 public:
  Checker(const workloads::Dag& dag, const sim::PlatformSpec& platform)
      : dag_(dag),
        platform_(platform),
        least_times_(workloads::task_times(dag, platform.compute, kManyVcpus)),
        executions_(dag.task_count()) {
    for (const ObjectId object : dag.objects())
      if (!dag.producer(object).valid() && !dag.absent(object)) readable_.insert(object.value());
  }

  void follow(const TraceRecord& record) {
    switch (record.kind) {
      case TraceKind::invoked:
        functions_.insert(record.subject);
        break;
      case TraceKind::started:
        start_function(record);
        break;
      case TraceKind::finished:
        end_function(record);
        break;
      case TraceKind::failed:
        end_function(record);
        break;
      case TraceKind::task_started:
        start_task(record);
        break;
      case TraceKind::task_finished:
        finish_task(record);
        break;
      case TraceKind::object_read:
        expect(readable_.count(record.subject) > 0, number(record) + " is read before it exists");
        break;
      case TraceKind::object_written:
        readable_.insert(record.subject);
        break;
      case TraceKind::lease_expired:
        may_repeat_ = true;
        break;
      default:
        break;
    }
  }

  std::vector<std::string> end(const bench::RunResult& result) {
    expect(result.completed, "it did not complete: " + result.failure);
    for (const TaskId task : dag_.tasks()) {
      const uint64_t executions = executions_[task.index()];
      expect(executions > 0, dag_.name(task) + " was never executed");
      expect(may_repeat_ || executions <= 1,
             dag_.name(task) + " was executed " + std::to_string(executions) + " times");
    }
    expect(running_.empty(), "a function was still running at the end");
    check_makespan(result);
    check_counts(result);
    check_bill(result);
    return std::move(broken_);
  }

 private:
  void expect(bool holds, std::string sentence) {
    if (!holds) broken_.push_back(std::move(sentence));
  }
  static std::string number(const TraceRecord& record) {
    return "object " + std::to_string(record.subject);
  }

  void start_function(const TraceRecord& record) {
    hosts_of_functions_.insert(record.subject);
    const bool idle = running_.emplace(record.subject, record.time).second;
    expect(idle, "an environment runs two functions at a time");
    most_functions_ = std::max(most_functions_, running_.size());
    ++invocations_;
  }

  void end_function(const TraceRecord& record) {
    const auto function = running_.find(record.subject);
    if (function == running_.end()) return expect(false, "a function ends that does not run");
    const Duration ran = record.time - function->second;
    running_.erase(function);
    if (record.kind == TraceKind::finished) {
      const Duration billed = Duration::nanoseconds(record.value);
      expect(billed >= ran, "a function is billed for less time than it ran");
      billed_ += billed;
    } else {
      // What it was billed for is not in the trace.
      may_repeat_ = failed_ = true;
      billed_ += ran;
      std::erase_if(tasks_, [&](const auto& task) { return task.first.first == record.subject; });
    }
  }

  void start_task(const TraceRecord& record) {
    const TaskId task(record.subject);
    for (const TaskId predecessor : dag_.predecessors(task))
      expect(executions_[predecessor.index()] > 0,
             dag_.name(task) + " starts before " + dag_.name(predecessor) + " has finished");
    expect(hosts_of_functions_.count(record.actor) == 0 || running_.count(record.actor) > 0,
           dag_.name(task) + " starts in a function that does not run");
    tasks_[{record.actor, record.subject}] = record.time;
    most_tasks_ = std::max(most_tasks_, tasks_.size());
  }

  void finish_task(const TraceRecord& record) {
    const TaskId task(record.subject);
    ++executions_[task.index()];
    const auto started = tasks_.find({record.actor, record.subject});
    if (started == tasks_.end())
      return expect(false, dag_.name(task) + " finishes without a start");
    expect(record.time - started->second >= least_times_[task.index()],
           dag_.name(task) + " takes less time than it needs");
    tasks_.erase(started);
  }

  void check_makespan(const bench::RunResult& result) {
    if (!result.completed || most_tasks_ == 0) return;
    const workloads::Work work = workloads::work_of(dag_, least_times_);
    expect(result.makespan >= work.span, "the makespan is below the critical path");
    expect(result.makespan * static_cast<int64_t>(most_tasks_) >= work.work,
           "the makespan is below the work over the most tasks at a time");
  }

  void check_counts(const bench::RunResult& result) {
    uint64_t executed = 0;
    for (const uint64_t executions : executions_) executed += executions;
    expect(result.executed == executed, "the result counts other executions than the trace");
    expect(result.invocations == invocations_,
           "the result counts other invocations than the trace");
    expect(result.peak_concurrency >= most_functions_, "the peak is below what the trace shows");
    expect(
        result.peak_concurrency <= static_cast<uint64_t>(platform_.functions.account_concurrency),
        "the account's concurrency is exceeded");
  }

  void check_bill(const bench::RunResult& result) {
    const sim::Ledger& cost = result.cost;
    Money sum;
    for (size_t i = 0; i < sim::kCostItems; ++i) {
      const Money item = cost.of(static_cast<sim::CostItem>(i));
      expect(item >= Money(), std::string(sim::kCostItemNames[i]) + " cost less than nothing");
      sum += item;
    }
    expect(sum == cost.total(), "the items of the cost do not add up to its total");
    const auto& prices = platform_.functions.billing;
    expect_close(cost.of(sim::CostItem::functions).to_usd(),
                 result.billed_gb_s * prices.price_per_gb_s.to_usd(),
                 "what functions cost is not what was billed");
    expect_close(
        cost.of(sim::CostItem::requests).to_usd(),
        static_cast<double>(invocations_) * prices.price_per_million_requests.to_usd() / 1e6,
        "what requests cost is not their number times their price");
    if (functions_.size() != 1) return;  // functions differ in memory
    const double gb_s =
        billed_.to_seconds() * static_cast<double>(platform_.functions.memory_mb) / 1024;
    if (failed_)
      expect(result.billed_gb_s > gb_s * (1 - 1e-9), "less was billed than was used");
    else
      expect_close(result.billed_gb_s, gb_s, "what was billed is not the sum over the functions");
  }

  // Amounts are rounded up once an invocation, to 1e-12 USD.
  void expect_close(double actual, double expected, std::string sentence) {
    const double tolerance = 1e-9 * expected + 2e-12 * static_cast<double>(invocations_);
    expect(std::abs(actual - expected) <= tolerance, std::move(sentence));
  }

  const workloads::Dag& dag_;
  const sim::PlatformSpec& platform_;
  std::vector<Duration> least_times_;
  std::vector<uint64_t> executions_;                     // that finished, by task
  std::set<uint32_t> readable_;                          // objects
  std::map<uint32_t, Time> running_;                     // functions' starts, by host
  std::set<uint32_t> hosts_of_functions_;                // that ever ran one
  std::map<std::pair<uint32_t, uint32_t>, Time> tasks_;  // starts, by host and task
  std::set<uint32_t> functions_;                         // that were invoked
  size_t most_functions_ = 0;
  size_t most_tasks_ = 0;
  uint64_t invocations_ = 0;
  Duration billed_;
  bool failed_ = false;
  bool may_repeat_ = false;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> violations(const workloads::Dag& dag, const sim::PlatformSpec& platform,
                                    const PolicyRun& run) {
  Checker checker(dag, platform);
  for (const TraceRecord& record : run.records) checker.follow(record);
  return checker.end(run.result);
}

}  // namespace wukong::test

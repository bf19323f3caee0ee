#include "workloads/dag/totals.h"

#include <algorithm>
#include <string>

#include "sim/base/error.h"

namespace wukong::dag {
namespace {

constexpr double kMostBytes = 4e18;
constexpr double kMostSeconds = 4e9;
constexpr double kMostSecondsOfTask = 5e8;

double sum_of_bytes(const Dag& dag) {
  double bytes = 0;
  const auto add = [&](ObjectId object) {
    const ObjectSize size = dag.size(object);
    bytes += static_cast<double>(std::max(size.actual, size.nominal).count());
  };
  for (const TaskId task : dag.tasks())
    for (const ObjectId input : dag.inputs(task)) add(input);
  for (const ObjectId object : dag.objects()) add(object);
  return bytes;
}

double core_seconds(const hosts::TaskCost& cost) {
  const int32_t threads = cost.threads == hosts::kEveryThread ? 1 : cost.threads;
  return cost.sleep.to_seconds() + cost.recorded.to_seconds() * threads;
}

[[noreturn]] void refuse(const char* expected, const std::string& found) {
  throw Error(ErrorPlace{}, expected, found);
}

std::string rounded(double value) { return std::to_string(static_cast<int64_t>(value)); }

}  // namespace

void check_totals(const Dag& dag) {
  if (const double bytes = sum_of_bytes(dag); bytes > kMostBytes)
    refuse("tasks that read and write at most 4 EB in all", rounded(bytes / 1e18) + " EB");
  double seconds = 0;
  for (const TaskId task : dag.tasks()) {
    const double own = core_seconds(dag.cost(task));
    if (own > kMostSecondsOfTask)
      refuse("tasks that take at most 500000000 s of core time each (16 years)",
             rounded(own) + " s of " + dag.name(task));
    seconds += own;
  }
  if (seconds > kMostSeconds)
    refuse("tasks that take at most 4000000000 s of core time in all (127 years)",
           rounded(seconds) + " s");
}

}  // namespace wukong::dag

#include <boost/json.hpp>

#include "sim/base/check.h"
#include "workloads/dag/statistics.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong::wfformat {
namespace {

std::string quoted(const std::string& text) { return boost::json::serialize(text); }

// Exact: nanoseconds as a decimal fraction.
std::string in_seconds(Duration time) {
  const int64_t ns = time.count_ns();
  std::string fraction = std::to_string(1'000'000'000 + ns % 1'000'000'000).substr(1);
  fraction.resize(fraction.find_last_not_of('0') + 1);
  return std::to_string(ns / 1'000'000'000) + (fraction.empty() ? "" : "." + fraction);
}

template <class Ids>
std::string names(const dag::Dag& dag, const Ids& ids) {
  std::string text = "[";
  for (const auto id : ids) text += (text.size() > 1 ? ", " : "") + quoted(dag.name(id));
  return text + "]";
}

// Writes `line` for each of `ids`, one to a line, and a comma after each but the last.
template <class Ids, class Line>
void write_lines(std::string& text, const Ids& ids, const Line& line) {
  size_t left = ids.size();
  for (const auto id : ids) {
    text += "        " + line(id);
    text += --left > 0 ? ",\n" : "\n";
  }
}

std::vector<Duration> given_times(const dag::Dag& dag) {
  std::vector<Duration> times;
  times.reserve(dag.task_count());
  for (const TaskId task : dag.tasks()) {
    const hosts::TaskCost& cost = dag.cost(task);
    times.push_back(cost.sleep + cost.recorded);
  }
  return times;
}

std::string task_specification(const dag::Dag& dag, TaskId task) {
  return "{\"name\": " + quoted(dag.kind(task)) + ", \"id\": " + quoted(dag.name(task)) +
         ", \"parents\": " + names(dag, dag.predecessors(task)) +
         ", \"children\": " + names(dag, dag.successors(task)) +
         ", \"inputFiles\": " + names(dag, dag.inputs(task)) +
         ", \"outputFiles\": " + names(dag, dag.outputs(task)) + "}";
}

std::string task_measurement(const dag::Dag& dag, TaskId task, Duration time) {
  const hosts::TaskCost& cost = dag.cost(task);
  std::string text =
      "{\"id\": " + quoted(dag.name(task)) + ", \"runtimeInSeconds\": " + in_seconds(time);
  if (cost.threads != hosts::kEveryThread)
    text += ", \"coreCount\": " + std::to_string(cost.threads);
  if (cost.memory > Bytes(0)) text += ", \"memoryInBytes\": " + std::to_string(cost.memory.count());
  return text + "}";
}

}  // namespace

// The format demands a makespan and a date, of which a Dag has neither: the makespan is that on
// unlimited hosts, and the date is no date.
std::string export_wfformat(const dag::Dag& dag, const WfformatExport& options) {
  ENSURE(options.run_times.empty() || options.run_times.size() == dag.task_count(),
         options.run_times.size(), dag.task_count());
  const std::vector<Duration> given =
      options.run_times.empty() ? given_times(dag) : std::vector<Duration>();
  const std::span<const Duration> times = options.run_times.empty() ? given : options.run_times;

  std::string text = "{\n  \"name\": " + quoted(options.name) +
                     ",\n  \"description\": \"Written by wukong. The makespan is the critical "
                     "path; nothing was measured.\",\n  \"schemaVersion\": \"1.5\",\n"
                     "  \"workflow\": {\n    \"specification\": {\n      \"tasks\": [\n";
  write_lines(text, dag.tasks(), [&](TaskId task) { return task_specification(dag, task); });
  text += "      ],\n      \"files\": [\n";
  write_lines(text, dag.objects(), [&](ObjectId object) {
    return "{\"id\": " + quoted(dag.name(object)) +
           ", \"sizeInBytes\": " + std::to_string(dag.size(object).actual.count()) + "}";
  });
  text += "      ]\n    },\n    \"execution\": {\n      \"makespanInSeconds\": " +
          in_seconds(dag::work_of(dag, times).span) +
          ",\n      \"executedAt\": \"1970-01-01T00:00:00Z\",\n      \"tasks\": [\n";
  write_lines(text, dag.tasks(),
              [&](TaskId task) { return task_measurement(dag, task, times[task.index()]); });
  return text + "      ]\n    }\n  }\n}\n";
}

}  // namespace wukong::wfformat

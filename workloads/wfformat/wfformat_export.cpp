#include <boost/json.hpp>
#include <chrono>
#include <map>
#include <string>
#include <vector>

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
  for (const auto& id : ids) {
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

// Of a run that began when time did: the format wants dates.
std::string date_of(Duration since_start) {
  const int64_t ns = since_start.count_ns();
  const std::chrono::sys_seconds second{std::chrono::seconds(ns / 1'000'000'000)};
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{second - day};
  const auto two = [](int64_t number) { return std::to_string(100 + number).substr(1); };
  std::string fraction = std::to_string(1'000'000'000 + ns % 1'000'000'000).substr(1);
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day())) +
         "T" + two(clock.hours().count()) + ":" + two(clock.minutes().count()) + ":" +
         two(clock.seconds().count()) + "." + fraction + "Z";
}

// Names are told apart by numbers where hosts share one.
std::vector<std::string> machine_names(const WfformatExport& options) {
  std::map<std::string, size_t> met;
  std::vector<std::string> names;
  for (const std::string& machine : options.machines) {
    const std::string name = machine.empty() ? "host" : machine;
    const size_t number = ++met[name];
    names.push_back(number == 1 ? name : name + " (" + std::to_string(number) + ")");
  }
  return names;
}

class Measurements {
 public:
  Measurements(const dag::Dag& dag, const WfformatExport& options)
      : dag_(dag), options_(options), machines_(machine_names(options)) {
    if (!options.executions.empty())
      for (const Execution& execution : options.executions) times_.push_back(execution.run_time);
    else if (!options.run_times.empty())
      times_.assign(options.run_times.begin(), options.run_times.end());
    else
      times_ = given_times(dag);
    ENSURE(times_.size() == dag.task_count(), times_.size(), dag.task_count());
  }

  std::string text() const {
    const bool ran = !options_.executions.empty();
    std::string text = "    \"execution\": {\n      \"makespanInSeconds\": " +
                       in_seconds(ran ? options_.makespan : dag::work_of(dag_, times_).span) +
                       ",\n      \"executedAt\": \"1970-01-01T00:00:00Z\",\n      \"tasks\": [\n";
    write_lines(text, dag_.tasks(), [&](TaskId task) { return task_text(task); });
    text += "      ]";
    if (ran) text += ",\n      \"machines\": [\n" + machine_lines() + "      ]";
    return text + "\n    }\n";
  }

 private:
  std::string task_text(TaskId task) const {
    const hosts::TaskCost& cost = dag_.cost(task);
    std::string text = "{\"id\": " + quoted(dag_.name(task)) +
                       ", \"runtimeInSeconds\": " + in_seconds(times_[task.index()]);
    if (cost.threads != hosts::kEveryThread)
      text += ", \"coreCount\": " + std::to_string(cost.threads);
    if (cost.memory > Bytes(0))
      text += ", \"memoryInBytes\": " + std::to_string(cost.memory.count());
    if (options_.executions.empty()) return text + "}";
    const Execution& execution = options_.executions[task.index()];
    return text + ", \"executedAt\": \"" + date_of(execution.start) + "\", \"machines\": [" +
           quoted(machines_[execution.machine]) + "]}";
  }

  // Those on which a task ran, in their order.
  std::string machine_lines() const {
    std::vector<bool> used(machines_.size());
    for (const Execution& execution : options_.executions) used[execution.machine] = true;
    std::vector<std::string> names;
    for (size_t i = 0; i < machines_.size(); ++i)
      if (used[i]) names.push_back(machines_[i]);
    std::string text;
    write_lines(text, names,
                [](const std::string& name) { return "{\"nodeName\": " + quoted(name) + "}"; });
    return text;
  }

  const dag::Dag& dag_;
  const WfformatExport& options_;
  std::vector<std::string> machines_;
  std::vector<Duration> times_;
};

constexpr const char* kNothingMeasured =
    "Written by wukong. The makespan is the critical path; nothing was measured.";

}  // namespace

// The format demands a makespan and a date, of which a Dag that has not run has neither: the
// makespan is that on unlimited hosts, and the date is no date.
std::string export_wfformat(const dag::Dag& dag, const WfformatExport& options) {
  const Measurements measurements(dag, options);
  std::string text = "{\n  \"name\": " + quoted(options.name) + ",\n  \"description\": " +
                     quoted(options.description.empty() ? kNothingMeasured : options.description) +
                     ",\n  \"schemaVersion\": \"1.5\",\n"
                     "  \"workflow\": {\n    \"specification\": {\n      \"tasks\": [\n";
  write_lines(text, dag.tasks(), [&](TaskId task) { return task_specification(dag, task); });
  text += "      ],\n      \"files\": [\n";
  write_lines(text, dag.objects(), [&](ObjectId object) {
    return "{\"id\": " + quoted(dag.name(object)) +
           ", \"sizeInBytes\": " + std::to_string(dag.size(object).actual.count()) + "}";
  });
  return text + "      ]\n    },\n" + measurements.text() + "  }\n}\n";
}

}  // namespace wukong::wfformat

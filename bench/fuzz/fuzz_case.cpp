#include "bench/fuzz/fuzz_case.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "bench/critical_path/path_recorder.h"
#include "bench/experiment/catalog.h"
#include "bench/experiment/feasibility.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/simulation/run.h"
#include "scheduler/policy/policy.h"
#include "workloads/generators/sketch.h"

namespace wukong::fuzz {
namespace {

// {"a.b", "1"}, {"a.c", "2"} -> a: {b: 1, c: 2}
std::string flow_of(const FuzzSettings& settings) {
  std::vector<std::string> order;
  std::map<std::string, std::string> values;
  std::map<std::string, FuzzSettings> nested;
  for (const auto& [path, value] : settings) {
    const size_t dot = path.find('.');
    const std::string key = path.substr(0, dot);
    if (std::find(order.begin(), order.end(), key) == order.end()) order.push_back(key);
    if (dot == std::string::npos)
      values[key] = value;
    else
      nested[key].emplace_back(path.substr(dot + 1), value);
  }
  std::vector<std::string> parts;
  for (const std::string& key : order)
    parts.push_back(nested.contains(key) ? fmt::format("{}: {{{}}}", key, flow_of(nested[key]))
                                         : fmt::format("{}: {}", key, values[key]));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string task_name(size_t task) {
  if (task < 26) return std::string(1, static_cast<char>('a' + task));
  return fmt::format("t{}", task);
}

template <class Field>
std::string list_of(const std::vector<FuzzTask>& tasks, Field field) {
  std::vector<double> values;
  for (const FuzzTask& task : tasks) values.push_back(task.*field);
  while (values.size() > 1 && values.back() == values[values.size() - 2]) values.pop_back();
  return fmt::format("[{}]", fmt::join(values, ", "));
}

}  // namespace

std::string edges_of(const std::vector<FuzzTask>& tasks) {
  // Every task alone first, so that they are numbered in their order.
  std::vector<std::string> statements;
  for (size_t task = 0; task < tasks.size(); ++task) statements.push_back(task_name(task));
  for (size_t task = 0; task < tasks.size(); ++task)
    for (const size_t before : tasks[task].predecessors)
      statements.push_back(fmt::format("{} -> {}", task_name(before), task_name(task)));
  return fmt::format("{}", fmt::join(statements, "; "));
}

std::vector<FuzzTask> tasks_of(const std::string& edges) {
  const generators::SketchText sketch = generators::read_sketch(edges);
  std::vector<FuzzTask> tasks(sketch.names.size());
  for (size_t task = 0; task < tasks.size(); ++task)
    tasks[task].predecessors = sketch.predecessors[task];
  return tasks;
}

std::string FuzzCase::to_text() const {
  std::string written = workload;
  if (workload.empty()) {
    written = fmt::format("{{sketch: {{edges: \"{}\", bytes: {}, seconds: {}", edges_of(tasks),
                          list_of(tasks, &FuzzTask::bytes), list_of(tasks, &FuzzTask::seconds));
    const auto has_threads = [](const FuzzTask& task) { return task.threads > 1; };
    if (std::any_of(tasks.begin(), tasks.end(), has_threads))
      written += fmt::format(", threads: {}", list_of(tasks, &FuzzTask::threads));
    if (recorded) written += ", recorded: true";
    if (input_bytes > 0) written += fmt::format(", input_bytes: {}", input_bytes);
    if (!objects) written += ", objects: false";
    written += "}}";
  }
  FuzzSettings platform_map{{"preset", platform}};
  platform_map.insert(platform_map.end(), platform_settings.begin(), platform_settings.end());
  std::string text =
      fmt::format("{{platform: {{{}}}, workload: {}, systems: [", flow_of(platform_map), written);
  text += system_settings.empty() ? system
                                  : fmt::format("{{{}: {{{}}}}}", system, flow_of(system_settings));
  FuzzSettings fault_map = faults;
  if (!points.empty()) fault_map.emplace_back("points", fmt::format("\"{}\"", describe(points)));
  text += "]";
  if (!fault_map.empty()) text += fmt::format(", faults: {{{}}}", flow_of(fault_map));
  return text + fmt::format(", seed: {}, horizon_s: {}}}", seed, horizon_s);
}

FuzzCase as_sketch(const FuzzCase& made) {
  const PreparedCase prepared = prepare_case(made.to_text());
  FuzzCase sketch = made;
  if (made.workload.empty() || !prepared.dag) return sketch;
  const dag::Dag& dag = *prepared.dag;
  sketch.workload.clear();
  sketch.tasks.clear();
  for (const TaskId task : dag.tasks()) {
    FuzzTask& written = sketch.tasks.emplace_back();
    for (const TaskId before : dag.predecessors(task))
      written.predecessors.push_back(before.index());
    written.bytes = 0;
    for (const ObjectId object : dag.outputs(task))
      written.bytes += static_cast<double>(dag.size(object).actual.count());
    const hosts::TaskCost& cost = dag.cost(task);
    written.seconds = std::max(0.1, (cost.sleep + cost.recorded).to_seconds());
    if (cost.recorded == Duration::zero()) continue;
    written.threads = cost.threads;
    sketch.recorded = true;
  }
  return sketch;
}

PreparedCase prepare_case(const std::string& text) {
  const parameters::ParameterTree tree =
      parameters::parse_yaml(text, {parameters::Origin::Kind::flag, "--case", 0});
  PreparedCase prepared{experiment::make_experiment(tree, experiment::program_catalog()),
                        std::nullopt};
  const experiment::SystemSetup& system = prepared.experiment.systems.front();
  try {
    prepared.dag = prepared.experiment.workload.make_dag(system.policy->form);
    experiment::check_feasible(prepared.experiment, system, *prepared.dag);
  } catch (const Error&) {
    prepared.dag.reset();
  }
  return prepared;
}

run::RunResult run_case(const PreparedCase& prepared, const faults::FaultSpec& faults) {
  const experiment::Experiment& experiment = prepared.experiment;
  critical_path::PathRecorder recorder;
  const simulation::RunOptions options{.seed = experiment.seed,
                                       .horizon = experiment.horizon,
                                       .faults = &faults,
                                       .check = true,
                                       .sink = &recorder,
                                       .listener = &recorder,
                                       .wakes = &recorder};
  run::RunResult result = simulation::run_once(experiment.platform, experiment.systems.front(),
                                               experiment.workload.name(), *prepared.dag, options);
  result.critical_path = recorder.path();
  if (result.critical_path && result.critical_path->total() != result.makespan)
    result.violations.emplace_back("the critical path is not as long as the run");
  return result;
}

FuzzReport report_result(uint64_t index, const run::RunResult& result) {
  FuzzReport report;
  report.index = index;
  report.runs = 1;
  report.completed = result.completed ? 1 : 0;
  std::vector<faults::FaultPoint> points;
  for (const faults::InjectedFault& fault : result.faults) {
    ++report.faults[static_cast<size_t>(fault.point.kind)];
    points.push_back(fault.point);
  }
  report.violations = result.violations;
  if (!report.violations.empty()) report.points = describe(points);
  return report;
}

FuzzReport report_case(uint64_t index, const std::string& text) {
  FuzzReport report;
  report.index = index;
  report.runs = report.rejected = 1;
  const PreparedCase prepared = prepare_case(text);
  if (!prepared.dag) return report;
  try {
    report = report_result(index, run_case(prepared, prepared.experiment.faults));
  } catch (const Error&) {  // the policy refuses it
  }
  if (!report.violations.empty()) report.text = text;
  return report;
}

}  // namespace wukong::fuzz

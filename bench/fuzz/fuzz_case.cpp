#include "bench/fuzz/fuzz_case.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "bench/experiment/catalog.h"
#include "bench/experiment/feasibility.h"
#include "bench/parameters/parameter_yaml.h"
#include "scheduler/policy/policy.h"
#include "workloads/generators/sketch.h"

namespace wukong::fuzz {
namespace {

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
  std::string text = fmt::format("{{platform: {{{}}}, workload: {}, systems: [",
                                 fuzz_options::flow_of(platform_map), written);
  text += system_settings.empty()
              ? system
              : fmt::format("{{{}: {{{}}}}}", system, fuzz_options::flow_of(system_settings));
  FuzzSettings fault_map = faults;
  if (!points.empty()) fault_map.emplace_back("points", fmt::format("\"{}\"", describe(points)));
  text += "]";
  if (!fault_map.empty()) text += fmt::format(", faults: {{{}}}", fuzz_options::flow_of(fault_map));
  if (!emulation.empty()) text += fmt::format(", emulation: {{{}}}", emulation);
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
  return prepare_case(text, experiment::program_catalog());
}

PreparedCase prepare_case(const std::string& text, const experiment::Catalog& catalog) {
  const parameters::ParameterTree tree =
      parameters::parse_yaml(text, {parameters::Origin::Kind::flag, "--case", 0});
  PreparedCase prepared{experiment::make_experiment(tree, catalog), std::nullopt,
                        tree.find("emulation") != nullptr};
  const experiment::SystemSetup& system = prepared.experiment.systems.front();
  try {
    prepared.dag = prepared.experiment.workload.make_dag(system.policy->form);
    experiment::check_feasible(prepared.experiment, system, *prepared.dag);
  } catch (const Error&) {
    prepared.dag.reset();
  }
  return prepared;
}

}  // namespace wukong::fuzz

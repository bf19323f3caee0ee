#include "workloads/generators/sketch.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string_view>

#include "sim/base/error.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/topological_order.h"

namespace wukong::generators {
namespace {

constexpr const char* kExpected = "names in chains, such as \"a -> c; b -> c\"";
constexpr Bounds kSeconds{0, 1e9};
constexpr Bounds kObjectBytes{0, 1e15};
constexpr Bounds kThreads{1, 1e6};  // of one machine

[[noreturn]] void fail(const std::string& expected, const std::string& found) {
  throw Error(ErrorPlace{.file = "", .line = 0, .key = "workload.sketch.edges"}, expected, found);
}

std::string trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \n\t");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \n\t") + 1 - begin));
}

// What stands before the next `separator`, which is removed with it from `text`.
std::string take_until(std::string_view& text, std::string_view separator) {
  const size_t end = text.find(separator);
  std::string part = trimmed(text.substr(0, end));
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + separator.size());
  return part;
}

void check_name(const std::string& name, const std::string& statement) {
  const auto is_part = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_part) || name.front() == '-')
    fail(kExpected, "\"" + statement + "\"");
}

void check_acyclic(const SketchText& sketch, const dag::TopologicalOrder& sorted) {
  if (sorted.cycle.empty()) return;
  std::string text;
  for (const size_t task : sorted.cycle) text += sketch.names[task] + " -> ";
  fail("tasks without a cycle", text + sketch.names[sorted.cycle.front()]);
}

void check_not_empty(const std::string& key, const std::vector<double>& values) {
  if (values.empty())
    throw Error(ErrorPlace{"", 0, "workload.sketch." + key}, "at least one number",
                "an empty list");
}

double of_task(const std::vector<double>& values, size_t task) {
  return values[std::min(task, values.size() - 1)];
}

}  // namespace

void SketchParameters::visit(FieldVisitor& v) {
  v.about("The DAG, as chains of tasks: \"a -> c; b -> c; c -> d; e\"").field("edges", edges);
  v.about("How long each task takes, by task; the last number holds for all that follow")
      .numbers("seconds", seconds, kSeconds);
  v.about("The size of what each task writes, by task; the last number holds for all that follow")
      .numbers("bytes", bytes, kObjectBytes);
  v.about("How many threads each task can use, by task; the last number holds for all that follow")
      .numbers("threads", threads, kThreads);
  v.about("Whether the seconds are run times, on as many vCPUs as threads; otherwise tasks sleep")
      .field("recorded", recorded);
  v.about("The size of what each task without predecessors reads; 0: nothing")
      .bytes("input_bytes", input);
  v.about("Whether tasks read and write objects; otherwise the edges alone order them")
      .field("objects", objects);
}

SketchText read_sketch(const std::string& text) {
  SketchText sketch;
  std::map<std::string, size_t> numbers;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string statement = take_until(rest, ";");
    std::string_view chain = statement;
    std::optional<size_t> before;
    while (!chain.empty()) {
      const std::string name = take_until(chain, "->");
      check_name(name, statement);
      const auto [place, is_new] = numbers.try_emplace(name, numbers.size());
      if (is_new) {
        sketch.names.push_back(name);
        sketch.predecessors.emplace_back();
      }
      if (before) sketch.predecessors[place->second].push_back(*before);
      before = place->second;
    }
    if (statement.ends_with("->")) fail(kExpected, "\"" + statement + "\"");
  }
  if (sketch.names.empty()) fail(kExpected, "no task");
  return sketch;
}

dag::Dag make_sketch(const SketchParameters& parameters, dag::DagForm) {
  const SketchText sketch = read_sketch(parameters.edges);
  check_not_empty("seconds", parameters.seconds);
  check_not_empty("bytes", parameters.bytes);
  check_not_empty("threads", parameters.threads);
  const dag::TopologicalOrder sorted = dag::topological_order(sketch.predecessors);
  check_acyclic(sketch, sorted);
  dag::DagBuilder builder;
  std::vector<TaskId> tasks(sketch.names.size());
  std::vector<ObjectId> outputs(sketch.names.size());
  for (const size_t index : sorted.order) {
    hosts::TaskCost cost;
    const Duration time = Duration::from_seconds(of_task(parameters.seconds, index));
    (parameters.recorded ? cost.recorded : cost.sleep) = time;
    cost.threads = static_cast<int32_t>(of_task(parameters.threads, index));
    const dag::KindId kind = builder.add_kind(sketch.names[index], cost);
    const TaskId task(builder.task_count());
    tasks[index] = task;
    if (parameters.objects) {
      std::vector<ObjectId> inputs;
      for (const size_t before : sketch.predecessors[index]) inputs.push_back(outputs[before]);
      if (inputs.empty() && parameters.input > Bytes(0))
        inputs.push_back(builder.add_input({parameters.input, parameters.input}));
      const Bytes size(static_cast<int64_t>(of_task(parameters.bytes, index)));
      outputs[index] = builder.compute(kind, inputs, {size, size});
    } else {
      builder.add_task(kind, {}, {});
      for (const size_t before : sketch.predecessors[index]) builder.add_edge(tasks[before], task);
    }
    builder.set_name(task, sketch.names[index]);
  }
  return builder.build();
}

}  // namespace wukong::generators

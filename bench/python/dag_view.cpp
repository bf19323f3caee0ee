// DAGs: made of a list of tasks, looked at by policies.
#include <pybind11/stl.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "bench/python/bindings.h"
#include "workloads/dag/dag.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/totals.h"

namespace wukong::python {
namespace {

namespace py = pybind11;

// As Python gives it, checked there: predecessors are numbers of earlier tasks.
struct TaskLine {
  std::string name;
  std::string kind;
  double seconds = 0;
  int64_t threads = 1;
  int64_t memory_bytes = 0;
  int64_t input_bytes = 0;
  int64_t output_bytes = 0;
  std::vector<size_t> after;
};

ObjectSize size_of(int64_t bytes) { return {.actual = Bytes(bytes), .nominal = Bytes(bytes)}; }

std::shared_ptr<const dag::Dag> make_dag(const std::vector<TaskLine>& lines) {
  dag::DagBuilder builder;
  std::vector<ObjectId> outputs;
  for (const TaskLine& line : lines) {
    hosts::TaskCost cost;
    cost.recorded = Duration::from_seconds(line.seconds);
    cost.threads = static_cast<int32_t>(line.threads);
    cost.memory = Bytes(line.memory_bytes);
    std::vector<ObjectId> inputs;
    if (line.input_bytes > 0) inputs.push_back(builder.add_input(size_of(line.input_bytes)));
    for (const size_t before : line.after) inputs.push_back(outputs.at(before));
    const ObjectSize output = size_of(line.output_bytes);
    const TaskId task = builder.add_task(builder.add_kind(line.kind, cost), inputs, {&output, 1});
    builder.set_name(task, line.name);
    outputs.push_back(builder.outputs(task).front());
  }
  dag::Dag dag = builder.build();
  dag::check_totals(dag);
  return std::make_shared<const dag::Dag>(std::move(dag));
}

template <class IdType>
IdType checked(int64_t number, size_t count, const char* what) {
  if (number < 0 || number >= static_cast<int64_t>(count))
    throw py::index_error(std::string("the DAG has no ") + what + " " + std::to_string(number));
  return IdType(static_cast<size_t>(number));
}
TaskId known_task(const dag::Dag& dag, int64_t number) {
  return checked<TaskId>(number, dag.task_count(), "task");
}
ObjectId known_object(const dag::Dag& dag, int64_t number) {
  return checked<ObjectId>(number, dag.object_count(), "object");
}

template <class Ids>
py::list numbers(const Ids& ids) {
  py::list list;
  for (const auto id : ids) list.append(id.value());
  return list;
}

template <class IdType>
std::optional<uint32_t> number_if_any(IdType id) {
  return id.valid() ? std::optional(id.value()) : std::nullopt;
}

using DagClass = py::class_<dag::Dag, std::shared_ptr<dag::Dag>>;

void bind_relations(DagClass& bound) {
  using dag::Dag;
  bound
      .def(
          "predecessors",
          [](const Dag& dag, int64_t task) {
            return numbers(dag.predecessors(known_task(dag, task)));
          },
          py::arg("task"))
      .def(
          "successors",
          [](const Dag& dag, int64_t task) {
            return numbers(dag.successors(known_task(dag, task)));
          },
          py::arg("task"))
      .def(
          "inputs",
          [](const Dag& dag, int64_t task) {
            return numbers(dag.distinct_inputs(known_task(dag, task)));
          },
          py::arg("task"), "The objects that it reads, each once.")
      .def(
          "outputs",
          [](const Dag& dag, int64_t task) { return numbers(dag.outputs(known_task(dag, task))); },
          py::arg("task"))
      .def(
          "task_name", [](const Dag& dag, int64_t task) { return dag.name(known_task(dag, task)); },
          py::arg("task"))
      .def(
          "task_kind", [](const Dag& dag, int64_t task) { return dag.kind(known_task(dag, task)); },
          py::arg("task"))
      .def(
          "object_name",
          [](const Dag& dag, int64_t object) { return dag.name(known_object(dag, object)); },
          py::arg("object"))
      .def(
          "size_bytes",
          [](const Dag& dag, int64_t object) {
            return dag.size(known_object(dag, object)).actual.count();
          },
          py::arg("object"))
      .def(
          "producer",
          [](const Dag& dag, int64_t object) {
            return number_if_any(dag.producer(known_object(dag, object)));
          },
          py::arg("object"), "None: it is there before the run.")
      .def(
          "consumers",
          [](const Dag& dag, int64_t object) {
            return numbers(dag.consumers(known_object(dag, object)));
          },
          py::arg("object"))
      .def(
          "absent",
          [](const Dag& dag, int64_t object) { return dag.absent(known_object(dag, object)); },
          py::arg("object"), "It is read as zeros: there is nothing to get.");
}

}  // namespace

void bind_dag(py::module_& module) {
  using dag::Dag;
  py::class_<TaskLine>(module, "TaskLine")
      .def(py::init([](std::string name, std::string kind, double seconds, int64_t threads,
                       int64_t memory_bytes, int64_t input_bytes, int64_t output_bytes,
                       std::vector<size_t> after) {
        return TaskLine{std::move(name), std::move(kind), seconds,      threads,
                        memory_bytes,    input_bytes,     output_bytes, std::move(after)};
      }));
  module.def("make_dag", make_dag);
  DagClass bound(
      module, "Dag",
      "A DAG: tasks and objects are numbers from 0; a task comes after its predecessors. Unknown "
      "numbers are an IndexError.");
  bound.def("__len__", &Dag::task_count)
      .def_property_readonly("task_count", &Dag::task_count)
      .def_property_readonly("object_count", &Dag::object_count)
      .def_property_readonly("edge_count", &Dag::edge_count)
      .def_property_readonly("tasks", [](const Dag& dag) { return numbers(dag.tasks()); })
      .def_property_readonly(
          "leaves", [](const Dag& dag) { return numbers(dag.leaves()); },
          "Tasks without predecessors.")
      .def_property_readonly(
          "sinks", [](const Dag& dag) { return numbers(dag.sinks()); },
          "Tasks without successors: their objects are the results.");
  bind_relations(bound);
}

}  // namespace wukong::python

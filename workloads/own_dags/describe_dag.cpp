#include <algorithm>

#include "sim/base/check.h"
#include "workloads/own_dags/description.h"

namespace wukong::own_dags {
namespace {

// The name that a Dag gives to an object that has none.
std::string default_name(ObjectId object) { return "object-" + std::to_string(object.value()); }

class Describer {
 public:
  Describer(const dag::Dag& dag, std::span<const Duration> run_times)
      : dag_(dag), run_times_(run_times), is_result_(dag.object_count()) {
    for (const TaskId task : dag.tasks())
      if (is_only_result(task)) is_result_[dag.outputs(task).front().index()] = true;
  }

  Description describe() {
    for (const TaskId task : dag_.tasks()) add_task(task);
    for (const ObjectId object : dag_.objects())
      if (!is_result_[object.index()] && !is_own_input(object)) add_object(object);
    return std::move(description_);
  }

 private:
  bool is_called(ObjectId object, const std::string& name) const {
    const std::string its_own = dag_.name(object);
    return its_own == name || its_own == default_name(object);
  }

  size_t times_read(TaskId task, ObjectId object) const {
    const auto inputs = dag_.inputs(task);
    return static_cast<size_t>(std::count(inputs.begin(), inputs.end(), object));
  }

  // Each successor reads it, once.
  bool is_only_result(TaskId task) const {
    if (dag_.outputs(task).size() != 1) return false;
    const ObjectId object = dag_.outputs(task).front();
    const auto successors = dag_.successors(task);
    return is_called(object, result_name(dag_.name(task))) &&
           std::all_of(successors.begin(), successors.end(),
                       [&](TaskId successor) { return times_read(successor, object) == 1; });
  }

  // One task reads it, once and after everything else.
  bool is_own_input(ObjectId object) const {
    if (dag_.producer(object).valid() || dag_.consumers(object).size() != 1) return false;
    const TaskId reader = dag_.consumers(object).front();
    return dag_.inputs(reader).back() == object && times_read(reader, object) == 1 &&
           is_called(object, input_name(dag_.name(reader)));
  }

  hosts::TaskCost cost_of(TaskId task) const {
    hosts::TaskCost cost = dag_.cost(task);
    if (run_times_.empty()) {
      ENSURE(cost.earlier.empty(), task.value());
      return cost;
    }
    hosts::TaskCost timed;
    timed.recorded = run_times_[task.index()];
    timed.memory = cost.memory;
    // As many threads as there are: the time is that on those.
    if (cost.threads != hosts::kEveryThread) timed.threads = cost.threads;
    return timed;
  }

  void add_task(TaskId task) {
    TaskDescription description;
    description.name = dag_.name(task);
    if (dag_.kind(task) != kind_of_name(description.name)) description.kind = dag_.kind(task);
    description.cost = cost_of(task);
    std::vector<TaskId> read_from;
    for (const ObjectId object : dag_.inputs(task)) {
      if (is_own_input(object)) {
        description.in = dag_.size(object).actual;
        continue;
      }
      const TaskId producer = dag_.producer(object);
      if (producer.valid()) read_from.push_back(producer);
      const bool by_task = is_result_[object.index()];
      description.waits.push_back({!by_task, by_task ? dag_.name(producer) : dag_.name(object)});
    }
    for (const TaskId before : dag_.predecessors(task))
      if (std::find(read_from.begin(), read_from.end(), before) == read_from.end())
        description.waits.push_back({false, dag_.name(before)});
    if (dag_.outputs(task).size() == 1 && is_result_[dag_.outputs(task).front().index()])
      description.out = dag_.size(dag_.outputs(task).front()).actual;
    description_.tasks.push_back(std::move(description));
  }

  void add_object(ObjectId object) {
    const TaskId producer = dag_.producer(object);
    description_.objects.push_back(
        {dag_.name(object), dag_.size(object).actual, producer.valid() ? dag_.name(producer) : ""});
  }

  const dag::Dag& dag_;
  std::span<const Duration> run_times_;
  std::vector<bool> is_result_;  // of each object: its task's `out`
  Description description_;
};

}  // namespace

Description describe(const dag::Dag& dag, std::span<const Duration> run_times) {
  ENSURE(run_times.empty() || run_times.size() == dag.task_count(), run_times.size());
  return Describer(dag, run_times).describe();
}

}  // namespace wukong::own_dags

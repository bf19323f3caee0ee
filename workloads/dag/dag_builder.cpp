#include "workloads/dag/dag_builder.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::dag {
namespace {

constexpr size_t kMaxCount = std::numeric_limits<uint32_t>::max() - 1;

// Sorts pairs (key, value) by key into `values`, where the values of `key` start at first[key], in
// two passes over the pairs: one counts, one fills. So nothing is allocated but the result.
template <class Value, class ForEachPair>
void compress(size_t keys, std::vector<uint32_t>& first, std::vector<Value>& values,
              const ForEachPair& for_each_pair) {
  first.assign(keys + 1, 0);
  for_each_pair([&](size_t key, Value) { ++first[key]; });
  size_t sum = 0;
  for (uint32_t& start : first) {
    const size_t count = start;
    start = static_cast<uint32_t>(sum);
    sum += count;
  }
  ENSURE(sum <= kMaxCount, sum);
  values.resize(sum);
  for_each_pair([&](size_t key, Value value) { values[first[key]++] = value; });
  // Now first[key] is where the next key starts.
  std::move_backward(first.begin(), first.end() - 1, first.end());
  first.front() = 0;
}

template <class Names>
void pool(std::vector<std::string>& names, size_t count, Names& table) {
  if (names.empty()) return;
  ENSURE(names.size() == count, names.size(), count);
  size_t length = 0;
  for (const std::string& name : names) length += name.size();
  ENSURE(length <= kMaxCount, length);
  table.text.reserve(length);
  table.first.reserve(count + 1);
  for (const std::string& name : names) {
    ENSURE(!name.empty());
    table.first.push_back(static_cast<uint32_t>(table.text.size()));
    table.text += name;
  }
  table.first.push_back(static_cast<uint32_t>(length));
  std::sort(names.begin(), names.end());
  const auto twin = std::adjacent_find(names.begin(), names.end());
  ENSURE(twin == names.end(), *twin);
  names = {};
}

void put(std::vector<std::string>& names, size_t index, std::string name) {
  if (names.size() <= index) names.resize(index + 1);
  names[index] = std::move(name);
}

}  // namespace

KindId DagBuilder::add_kind(std::string_view name, const hosts::TaskCost& cost,
                            const KindShape& shape, std::vector<Step> steps) {
  ENSURE(!name.empty());
  ENSURE(cost.earlier.size() + 1 == std::max<size_t>(steps.size(), 1), cost.earlier.size(),
         steps.size());
  // A recorded run time has all of that in it.
  ENSURE(cost.recorded == Duration::zero() || (cost.flops == 0 && cost.touched == Bytes(0)),
         std::string(name), cost.flops, cost.touched.count());
  auto known = kind_names_.find(name);
  if (known == kind_names_.end()) {
    known = kind_names_.emplace(name, static_cast<uint32_t>(dag_.kind_names_.size())).first;
    dag_.kind_names_.emplace_back(name);
  }
  dag_.kinds_.push_back({known->second, cost, shape, std::move(steps)});
  return KindId(dag_.kinds_.size() - 1);
}

ObjectId DagBuilder::add_input(ObjectSize size) { return add_object(size, TaskId::none()); }

ObjectId DagBuilder::add_object(ObjectSize size, TaskId producer) {
  ENSURE(object_count() < kMaxCount, object_count());
  dag_.size_of_object_.push_back(intern(size));
  dag_.producer_.push_back(producer);
  return ObjectId(object_count() - 1);
}

uint32_t DagBuilder::intern(ObjectSize size) {
  ENSURE(size.actual >= Bytes(0), size.actual.count());
  ENSURE(size.nominal >= Bytes(0), size.nominal.count());
  const auto next = static_cast<uint32_t>(dag_.sizes_.size());
  const auto [known, is_new] = sizes_.try_emplace({size.actual, size.nominal}, next);
  if (is_new) dag_.sizes_.push_back(size);
  return known->second;
}

TaskId DagBuilder::add_task(KindId kind, std::span<const ObjectId> inputs,
                            std::span<const ObjectSize> outputs) {
  ENSURE(kind.index() < dag_.kinds_.size(), kind.value());
  ENSURE(task_count() < kMaxCount, task_count());
  ENSURE(dag_.inputs_.size() + inputs.size() <= kMaxCount, dag_.inputs_.size());
  const TaskId task(task_count());
  dag_.first_input_.push_back(static_cast<uint32_t>(dag_.inputs_.size()));
  for (const ObjectId input : inputs) {
    ENSURE(input.index() < object_count(), input.value(), task.value());
    dag_.inputs_.push_back(input);
  }
  dag_.kind_of_task_.push_back(kind.value());
  dag_.first_output_.push_back(static_cast<uint32_t>(object_count()));
  for (const ObjectSize size : outputs) add_object(size, task);
  dag_.end_output_.push_back(static_cast<uint32_t>(object_count()));
  return task;
}

IdRange<ObjectId> DagBuilder::outputs(TaskId task) const {
  ENSURE(task.index() < task_count(), task.value());
  return dag_.outputs(task);
}

ObjectId DagBuilder::compute(KindId kind, std::span<const ObjectId> inputs, ObjectSize output) {
  add_task(kind, inputs, {&output, 1});
  return ObjectId(object_count() - 1);
}

ObjectId DagBuilder::compute(KindId kind, std::initializer_list<ObjectId> inputs,
                             ObjectSize output) {
  return compute(kind, std::span<const ObjectId>(inputs.begin(), inputs.size()), output);
}

void DagBuilder::add_edge(TaskId before, TaskId after) {
  ENSURE(before < after, before.value(), after.value());
  ENSURE(after.index() < task_count(), after.value());
  explicit_edges_.emplace_back(after, before);
}

void DagBuilder::set_name(TaskId task, std::string name) {
  ENSURE(task.index() < task_count(), task.value());
  put(task_names_, task.index(), std::move(name));
}

void DagBuilder::set_name(ObjectId object, std::string name) {
  ENSURE(object.index() < object_count(), object.value());
  put(object_names_, object.index(), std::move(name));
}

void DagBuilder::reserve(size_t tasks, size_t objects, size_t inputs) {
  for (auto* of_tasks : {&dag_.kind_of_task_, &dag_.first_output_, &dag_.end_output_})
    of_tasks->reserve(tasks);
  dag_.first_input_.reserve(tasks + 1);
  dag_.size_of_object_.reserve(objects);
  dag_.producer_.reserve(objects);
  dag_.inputs_.reserve(inputs);
}

Dag DagBuilder::build() {
  dag_.first_input_.push_back(static_cast<uint32_t>(dag_.inputs_.size()));
  shrink();
  link_consumers();
  link_predecessors();
  link_successors();
  list_ends();
  pool(task_names_, task_count(), dag_.task_names_);
  pool(object_names_, object_count(), dag_.object_names_);
  Dag dag = std::move(dag_);
  *this = DagBuilder();
  return dag;
}

// Gives back what the arrays grew too far, before the rest is allocated.
void DagBuilder::shrink() {
  dag_.kinds_.shrink_to_fit();
  dag_.kind_of_task_.shrink_to_fit();
  dag_.sizes_.shrink_to_fit();
  dag_.size_of_object_.shrink_to_fit();
  dag_.producer_.shrink_to_fit();
  dag_.first_input_.shrink_to_fit();
  dag_.inputs_.shrink_to_fit();
  dag_.first_output_.shrink_to_fit();
  dag_.end_output_.shrink_to_fit();
}

void DagBuilder::link_consumers() {
  const auto for_each_reading = [this](const auto& visit) {
    std::vector<TaskId> last_reader(object_count());
    for (const TaskId task : dag_.tasks())
      for (const ObjectId input : dag_.inputs(task))
        if (std::exchange(last_reader[input.index()], task) != task) visit(input.index(), task);
  };
  compress(object_count(), dag_.first_consumer_, dag_.consumers_, for_each_reading);
}

void DagBuilder::link_predecessors() {
  std::sort(explicit_edges_.begin(), explicit_edges_.end());
  const auto for_each_edge = [this](const auto& visit) {
    std::vector<TaskId> last_successor(task_count());
    auto next = explicit_edges_.begin();
    for (const TaskId task : dag_.tasks()) {
      const auto visit_once = [&](TaskId before) {
        if (std::exchange(last_successor[before.index()], task) != task)
          visit(task.index(), before);
      };
      for (const ObjectId input : dag_.inputs(task))
        if (const TaskId producer = dag_.producer(input); producer.valid()) visit_once(producer);
      for (; next != explicit_edges_.end() && next->first == task; ++next) visit_once(next->second);
    }
  };
  compress(task_count(), dag_.first_predecessor_, dag_.predecessors_, for_each_edge);
}

void DagBuilder::link_successors() {
  const auto for_each_edge = [this](const auto& visit) {
    for (const TaskId task : dag_.tasks())
      for (const TaskId before : dag_.predecessors(task)) visit(before.index(), task);
  };
  compress(task_count(), dag_.first_successor_, dag_.successors_, for_each_edge);
  ENSURE(dag_.successors_.size() == dag_.predecessors_.size(), dag_.successors_.size());
}

void DagBuilder::list_ends() {
  for (const TaskId task : dag_.tasks()) {
    if (dag_.predecessors(task).empty()) dag_.leaves_.push_back(task);
    if (dag_.successors(task).empty()) dag_.sinks_.push_back(task);
  }
  dag_.leaves_.shrink_to_fit();
  dag_.sinks_.shrink_to_fit();
}

}  // namespace wukong::dag

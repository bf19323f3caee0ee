#include "workloads/dag/statistics.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::dag {
namespace {

Bytes saturating_sum(Bytes a, Bytes b) { return b > Bytes::max() - a ? Bytes::max() : a + b; }

Duration saturating_sum(Duration a, Duration b) {
  return b > Duration::max() - a ? Duration::max() : a + b;
}

void add(ObjectSize& sum, ObjectSize size) {
  sum.actual = saturating_sum(sum.actual, size.actual);
  sum.nominal = saturating_sum(sum.nominal, size.nominal);
}

void add_bytes(const Dag& dag, DagShape& shape) {
  for (const ObjectId object : dag.objects()) {
    const ObjectSize size = dag.size(object);
    if (!dag.producer(object).valid())
      add(shape.inputs, size);
    else
      add(dag.consumers(object).empty() ? shape.results : shape.intermediates, size);
  }
  for (const TaskId task : dag.tasks()) {
    for (const ObjectId input : dag.inputs(task)) add(shape.reads, dag.size(input));
    for (const ObjectId output : dag.outputs(task)) add(shape.writes, dag.size(output));
  }
}

void add_levels(const Dag& dag, DagShape& shape) {
  std::vector<size_t> tasks_of_level;
  for (const uint32_t level : task_levels(dag)) {
    if (tasks_of_level.size() < level) tasks_of_level.resize(level);
    ++tasks_of_level[level - 1];
  }
  shape.depth = tasks_of_level.size();
  for (const size_t tasks : tasks_of_level) shape.width = std::max(shape.width, tasks);
}

}  // namespace

DagShape shape_of(const Dag& dag) {
  DagShape shape;
  shape.tasks = dag.task_count();
  shape.edges = dag.edge_count();
  shape.objects = dag.object_count();
  shape.leaves = dag.leaves().size();
  shape.sinks = dag.sinks().size();
  add_levels(dag, shape);
  add_bytes(dag, shape);
  const std::vector<Bytes> memory = task_memory(dag);
  if (const auto largest = std::max_element(memory.begin(), memory.end());
      largest != memory.end()) {
    shape.largest_memory = *largest;
    shape.largest_task = TaskId(static_cast<size_t>(largest - memory.begin()));
  }
  return shape;
}

std::vector<uint32_t> task_levels(const Dag& dag) {
  std::vector<uint32_t> levels(dag.task_count());
  for (const TaskId task : dag.tasks()) {
    uint32_t before = 0;
    for (const TaskId predecessor : dag.predecessors(task)) {
      ENSURE(predecessor < task, predecessor.value(), task.value());
      before = std::max(before, levels[predecessor.index()]);
    }
    levels[task.index()] = before + 1;
  }
  return levels;
}

// By object, not by task: an object's consumers are distinct, a task's inputs may not be.
std::vector<Bytes> task_memory(const Dag& dag) {
  std::vector<Bytes> memory(dag.task_count());
  for (const ObjectId object : dag.objects()) {
    const Bytes size = dag.size(object).actual;
    const auto hold = [&](TaskId task) {
      memory[task.index()] = saturating_sum(memory[task.index()], size);
    };
    if (dag.producer(object).valid()) hold(dag.producer(object));
    for (const TaskId consumer : dag.consumers(object)) hold(consumer);
  }
  for (const TaskId task : dag.tasks())
    memory[task.index()] = saturating_sum(memory[task.index()], dag.cost(task).memory);
  return memory;
}

std::vector<Duration> task_times(const Dag& dag, const hosts::ComputeSpec& compute, double vcpus) {
  std::vector<Duration> times;
  times.reserve(dag.task_count());
  for (const TaskId task : dag.tasks())
    times.push_back(hosts::execution_time(dag.cost(task), vcpus, compute));
  return times;
}

Work work_of(const Dag& dag, std::span<const Duration> times) {
  ENSURE(times.size() == dag.task_count(), times.size(), dag.task_count());
  Work work;
  std::vector<Duration> ends(dag.task_count());
  for (const TaskId task : dag.tasks()) {
    const Duration time = times[task.index()];
    ENSURE(time >= Duration::zero(), time.count_ns());
    Duration start;
    for (const TaskId predecessor : dag.predecessors(task))
      start = std::max(start, ends[predecessor.index()]);
    ends[task.index()] = saturating_sum(start, time);
    work.work = saturating_sum(work.work, time);
    work.span = std::max(work.span, ends[task.index()]);
  }
  return work;
}

Duration Work::makespan_bound(size_t hosts) const {
  ENSURE(hosts > 0);
  const auto share = work.count_ns() / static_cast<int64_t>(hosts);
  const int64_t rounded_up = share + (work.count_ns() % static_cast<int64_t>(hosts) != 0);
  return std::max(span, Duration::nanoseconds(rounded_up));
}

}  // namespace wukong::dag

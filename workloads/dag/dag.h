// A workload's DAG: tasks, the objects that they read and write, and the edges that follow from
// them.
//
// Immutable once built, and shared by everything that looks at it: dense ids, compressed arrays, no
// allocation per task; a million tasks take about 60 MB (see memory()). Made by DagBuilder. Tasks
// are numbered so that every task comes after its predecessors.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/ids.h"
#include "sim/base/object_size.h"
#include "sim/hosts/task_cost.h"
#include "workloads/dag/dag_form.h"

namespace wukong::dag {

// What a kernel must know about its task beyond its inputs, e.g. the rows and columns of a block.
// It tells kinds of one name apart.
using KindShape = std::array<int64_t, 3>;

// One of the tasks that were fused into one (fuse_linear_chains.h).
struct Step {
  // What it reads: an input of the whole task, or what an earlier step made.
  struct Argument {
    bool made_here = false;
    uint32_t index = 0;  // of the input, or of the step
    bool operator==(const Argument&) const = default;
    auto operator<=>(const Argument&) const = default;
  };
  std::string kind;
  KindShape shape{};
  std::vector<Argument> arguments;
  Bytes output;
  Bytes memory;  // what it needs beside its inputs and its output
};

// Consecutive ids: for (ObjectId object : dag.outputs(task)) ...
template <class IdType>
class IdRange {
 public:
  class Iterator {
   public:
    explicit Iterator(uint32_t value) : value_(value) {}
    IdType operator*() const { return IdType(value_); }
    Iterator& operator++() { return ++value_, *this; }
    bool operator!=(const Iterator& other) const { return value_ != other.value_; }

   private:
    uint32_t value_;
  };
  IdRange(uint32_t first, uint32_t end) : first_(first), end_(end) {}
  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(end_); }
  size_t size() const { return end_ - first_; }
  bool empty() const { return first_ == end_; }
  IdType front() const { return IdType(first_); }

 private:
  uint32_t first_;
  uint32_t end_;
};

class Dag {
 public:
  size_t task_count() const { return kind_of_task_.size(); }
  size_t object_count() const { return producer_.size(); }
  // Distinct (predecessor, successor) pairs.
  size_t edge_count() const { return successors_.size(); }
  IdRange<TaskId> tasks() const { return {0, static_cast<uint32_t>(task_count())}; }
  IdRange<ObjectId> objects() const { return {0, static_cast<uint32_t>(object_count())}; }

  // Those that make inputs, in the order of these; then others, in the order of their ids.
  std::span<const TaskId> predecessors(TaskId task) const {
    return slice(predecessors_, first_predecessor_, task.index());
  }
  // In the order of their ids.
  std::span<const TaskId> successors(TaskId task) const {
    return slice(successors_, first_successor_, task.index());
  }
  // What the task reads, in its argument order. An object may occur twice.
  std::span<const ObjectId> inputs(TaskId task) const {
    return slice(inputs_, first_input_, task.index());
  }
  // Each of them once, in the order of their ids.
  std::vector<ObjectId> distinct_inputs(TaskId task) const;
  // What the task writes.
  IdRange<ObjectId> outputs(TaskId task) const {
    return {first_output_[task.index()], end_output_[task.index()]};
  }
  Bytes output_bytes(TaskId task) const;
  const hosts::TaskCost& cost(TaskId task) const {
    return kinds_[kind_of_task_[task.index()]].cost;
  }
  // E.g. "qr" for all tasks that do the same; for an imported workflow, the program's name.
  const std::string& kind(TaskId task) const {
    return kind_names_[kinds_[kind_of_task_[task.index()]].name];
  }
  const KindShape& shape(TaskId task) const { return kinds_[kind_of_task_[task.index()]].shape; }
  // Tasks with equal numbers are of one kind: name, cost, shape and steps.
  uint32_t kind_number(TaskId task) const { return kind_of_task_[task.index()]; }
  // Of a task that was fused of several: these, in the order in which they are done; else none.
  std::span<const Step> steps(TaskId task) const {
    return kinds_[kind_of_task_[task.index()]].steps;
  }
  // E.g. "qr-17", the task's kind and id; for an imported workflow, the task's id in the file.
  // Unique.
  std::string name(TaskId task) const;

  ObjectSize size(ObjectId object) const { return sizes_[size_of_object_[object.index()]]; }
  // Who writes the object; none: it is there before the run starts.
  TaskId producer(ObjectId object) const { return producer_[object.index()]; }
  // E.g. "object-17"; for an imported workflow, the file's name. Unique.
  std::string name(ObjectId object) const;
  // Who reads it; each task once, in the order of their ids.
  std::span<const TaskId> consumers(ObjectId object) const {
    return slice(consumers_, first_consumer_, object.index());
  }
  // An initial object that does not exist and is read as zeros: numpywren looks for it and counts
  // its declared size.
  bool absent(ObjectId object) const {
    return !producer(object).valid() && size(object).actual == Bytes(0);
  }

  // Tasks without predecessors, and tasks without successors (the results), in the order of their
  // ids.
  std::span<const TaskId> leaves() const { return leaves_; }
  std::span<const TaskId> sinks() const { return sinks_; }

  // What its user should know about where it comes from, a sentence each: of an imported workflow,
  // what is odd about the file.
  const std::vector<std::string>& remarks() const { return remarks_; }

  // What the arrays hold.
  Bytes memory() const;

 private:
  friend class DagBuilder;
  // Kinds of the same name may differ in cost: in an imported workflow, each task has its own.
  struct Kind {
    uint32_t name;
    hosts::TaskCost cost;
    KindShape shape;
    std::vector<Step> steps;
  };
  // Texts end to end. Empty: there are no explicit names.
  struct NameTable {
    std::string text;
    std::vector<uint32_t> first;

    std::string_view at(size_t index) const {
      return std::string_view(text).substr(first[index], first[index + 1] - first[index]);
    }
  };

  template <class T>
  static std::span<const T> slice(const std::vector<T>& values, const std::vector<uint32_t>& first,
                                  size_t index) {
    return {values.data() + first[index], values.data() + first[index + 1]};
  }

  std::vector<std::string> kind_names_;
  std::vector<Kind> kinds_;
  std::vector<uint32_t> kind_of_task_;
  NameTable task_names_;
  NameTable object_names_;
  std::vector<ObjectSize> sizes_;
  std::vector<uint32_t> size_of_object_;
  std::vector<TaskId> producer_;
  std::vector<uint32_t> first_predecessor_, first_successor_, first_input_, first_consumer_;
  // Both ends: initial objects may be numbered between the outputs of two tasks.
  std::vector<uint32_t> first_output_, end_output_;
  std::vector<TaskId> predecessors_, successors_, consumers_;
  std::vector<ObjectId> inputs_;
  std::vector<TaskId> leaves_, sinks_;
  std::vector<std::string> remarks_;
};

}  // namespace wukong::dag

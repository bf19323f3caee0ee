// Makes a Dag: kinds of tasks first, then objects and tasks in an order in which a task's inputs
// exist before it. Ids are given in that order and stay. Edges follow from the objects; an edge
// that no object carries is added explicitly.
//
// Whoever builds owns the builder; build() gives the Dag away and leaves the builder empty. Wrong
// use is a failed ENSURE: what comes from files is checked by its importer.
#pragma once

#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workloads/dag/dag.h"

namespace wukong::dag {

using KindId = Id<struct KindTag>;

class DagBuilder {
 public:
  // Kinds may share a name and differ in cost.
  KindId add_kind(std::string_view name, const hosts::TaskCost& cost, const KindShape& shape = {},
                  std::vector<Step> steps = {});

  // An object that is in the store before the run starts.
  ObjectId add_input(ObjectSize size);

  // The outputs get consecutive ids: outputs(task).
  TaskId add_task(KindId kind, std::span<const ObjectId> inputs,
                  std::span<const ObjectSize> outputs);
  IdRange<ObjectId> outputs(TaskId task) const;

  // A task with one output, which is returned.
  ObjectId compute(KindId kind, std::span<const ObjectId> inputs, ObjectSize output);
  ObjectId compute(KindId kind, std::initializer_list<ObjectId> inputs, ObjectSize output);

  // `after` waits for `before` though it may read nothing of it. REQUIRES: before < after.
  void add_edge(TaskId before, TaskId after);

  // Explicit names: for all tasks or for none, and the same for objects. They must be unique.
  void set_name(TaskId task, std::string name);
  void set_name(ObjectId object, std::string name);
  void add_remark(std::string sentence) { dag_.remarks_.push_back(std::move(sentence)); }

  // Optional: avoids growing the arrays.
  void reserve(size_t tasks, size_t objects, size_t inputs);

  size_t task_count() const { return dag_.task_count(); }
  size_t object_count() const { return dag_.object_count(); }

  Dag build();

 private:
  ObjectId add_object(ObjectSize size, TaskId producer);
  uint32_t intern(ObjectSize size);
  void shrink();
  void link_consumers();
  void link_predecessors();
  void link_successors();
  void list_ends();

  Dag dag_;
  std::map<std::string, uint32_t, std::less<>> kind_names_;
  std::map<std::pair<Bytes, Bytes>, uint32_t> sizes_;
  std::vector<std::pair<TaskId, TaskId>> explicit_edges_;  // (after, before)
  std::vector<std::string> task_names_;
  std::vector<std::string> object_names_;
};

}  // namespace wukong::dag

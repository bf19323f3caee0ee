#include "workloads/dag/fuse_linear_chains.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "sim/base/check.h"
#include "workloads/dag/dag_builder.h"

namespace wukong::dag {
namespace {

// Which tasks become one. Of each group its last task is named.
class Groups {
 public:
  Groups(const Dag& dag, std::span<const TaskId> blockwise)
      : dag_(dag),
        members_(dag.task_count()),
        chains_(dag.task_count()),
        read_(dag.task_count()),
        readers_(dag.task_count()),
        boundary_(dag.task_count()),
        blockwise_(dag.task_count()),
        fused_away_(dag.task_count()) {
    for (const TaskId task : blockwise) blockwise_[task.index()] = true;
    for (const TaskId task : dag.tasks()) collect(task);
    for (const TaskId task : dag.tasks())
      if (!blockwise_[task.index()]) fuse(task);
  }

  bool is_task(TaskId task) const {
    return !blockwise_[task.index()] && !fused_away_[task.index()];
  }
  // In the order in which they are done; the task itself is the last.
  const std::vector<TaskId>& members(TaskId task) const { return members_[task.index()]; }
  // Those of a chain, without the work that has moved into them.
  const std::vector<TaskId>& chain(TaskId task) const { return chains_[task.index()]; }

 private:
  // Blockwise tasks move into their readers.
  void collect(TaskId task) {
    ENSURE(dag_.outputs(task).size() == 1, task.value(), dag_.outputs(task).size());
    ENSURE(!blockwise_[task.index()] || !dag_.successors(task).empty(), task.value());
    std::vector<TaskId>& members = members_[task.index()];
    std::set<ObjectId>& read = read_[task.index()];
    for (const ObjectId object : dag_.distinct_inputs(task)) {
      const TaskId producer = dag_.producer(object);
      if (!producer.valid() || !blockwise_[producer.index()]) {
        read.insert(object);
        continue;
      }
      for (const TaskId moved : members_[producer.index()])
        if (std::find(members.begin(), members.end(), moved) == members.end())
          members.push_back(moved);
      read.insert(read_[producer.index()].begin(), read_[producer.index()].end());
    }
    members.push_back(task);
    chains_[task.index()] = {task};
    if (blockwise_[task.index()]) return;
    for (const ObjectId object : read)
      if (const TaskId producer = dag_.producer(object); producer.valid())
        ++readers_[producer.index()];
  }

  // Dask's rule: a task that has one reader may be fused with it, if nothing else that its reader
  // reads is new to what it reads itself. Where that is not so, what the task reads still counts as
  // read by its reader.
  void fuse(TaskId task) {
    std::vector<TaskId> only_read_here;
    std::set<ObjectId>& boundary = boundary_[task.index()];
    for (const ObjectId object : read_[task.index()]) {
      const TaskId producer = dag_.producer(object);
      if (producer.valid() && readers_[producer.index()] == 1)
        only_read_here.push_back(producer);
      else
        boundary.insert(object);
    }
    for (const TaskId child : only_read_here)
      boundary.insert(boundary_[child.index()].begin(), boundary_[child.index()].end());
    if (only_read_here.size() != 1) return;
    const TaskId child = only_read_here.front();
    if (boundary.size() != boundary_[child.index()].size()) return;
    std::vector<TaskId>& members = members_[task.index()];
    members.insert(members.begin(), members_[child.index()].begin(), members_[child.index()].end());
    std::vector<TaskId>& chain = chains_[task.index()];
    chain.insert(chain.begin(), chains_[child.index()].begin(), chains_[child.index()].end());
    fused_away_[child.index()] = true;
  }

  const Dag& dag_;
  std::vector<std::vector<TaskId>> members_;
  std::vector<std::vector<TaskId>> chains_;
  std::vector<std::set<ObjectId>> read_;      // by whole groups of blockwise tasks and a reader
  std::vector<uint32_t> readers_;             // that are tasks
  std::vector<std::set<ObjectId>> boundary_;  // what the chain up to a task reads from outside
  std::vector<bool> blockwise_;
  std::vector<bool> fused_away_;
};

class FusedDag {
 public:
  FusedDag(const Dag& unfused, std::span<const TaskId> blockwise)
      : unfused_(unfused), groups_(unfused, blockwise), object_(unfused.object_count()) {}

  Dag build() {
    for (const ObjectId object : unfused_.objects())
      if (!unfused_.producer(object).valid())
        object_[object.index()] = builder_.add_input(unfused_.size(object));
    for (const TaskId task : unfused_.tasks())
      if (groups_.is_task(task)) add(task);
    return builder_.build();
  }

 private:
  using Argument = Step::Argument;

  void add(TaskId task) {
    const std::vector<TaskId>& members = groups_.members(task);
    std::vector<ObjectId> inputs;  // of the unfused DAG
    std::vector<std::vector<Argument>> arguments;
    for (const TaskId member : members) arguments.push_back(arguments_of(member, members, inputs));
    for (ObjectId& input : inputs) input = object_[input.index()];
    const ObjectSize size = unfused_.size(unfused_.outputs(task).front());
    ObjectId result = builder_.compute(kind_of(members, std::move(arguments)), inputs, size);
    if (!has_one_name(groups_.chain(task))) result = builder_.compute(alias(), {result}, size);
    object_[unfused_.outputs(task).front().index()] = result;
  }

  std::vector<Argument> arguments_of(TaskId member, const std::vector<TaskId>& members,
                                     std::vector<ObjectId>& inputs) const {
    std::vector<Argument> arguments;
    for (const ObjectId object : unfused_.inputs(member)) {
      const auto step = std::find(members.begin(), members.end(), unfused_.producer(object));
      if (step != members.end()) {
        arguments.push_back({true, static_cast<uint32_t>(step - members.begin())});
        continue;
      }
      // A task that stands for itself has its inputs as they are, also one that occurs twice.
      auto input =
          members.size() == 1 ? inputs.end() : std::find(inputs.begin(), inputs.end(), object);
      if (input == inputs.end()) input = inputs.insert(inputs.end(), object);
      arguments.push_back({false, static_cast<uint32_t>(input - inputs.begin())});
    }
    return arguments;
  }

  bool has_one_name(const std::vector<TaskId>& chain) const {
    return std::all_of(chain.begin(), chain.end(), [&](TaskId member) {
      return unfused_.kind(member) == unfused_.kind(chain.back());
    });
  }

  KindId alias() {
    if (!alias_.valid()) alias_ = builder_.add_kind(kAliasKind, hosts::TaskCost{});
    return alias_;
  }

  KindId kind_of(const std::vector<TaskId>& members, std::vector<std::vector<Argument>> arguments) {
    KindKey key;
    for (const TaskId member : members) std::get<0>(key).push_back(unfused_.kind_number(member));
    if (members.size() > 1) {
      for (const TaskId member : members) std::get<1>(key).push_back(output(member));
      std::get<2>(key) = arguments;
    }
    const auto [known, is_new] = kinds_.try_emplace(std::move(key));
    if (is_new) known->second = add_kind(members, std::move(arguments));
    return known->second;
  }

  KindId add_kind(const std::vector<TaskId>& members,
                  std::vector<std::vector<Argument>> arguments) {
    const TaskId last = members.back();
    if (members.size() == 1)
      return builder_.add_kind(unfused_.kind(last), unfused_.cost(last), unfused_.shape(last));
    std::string name;
    KindShape shape{};  // a sum tells chains of one name apart as well as any
    hosts::TaskCost cost = unfused_.cost(last);
    cost.memory = Bytes(0);
    std::vector<Step> steps;
    for (size_t i = 0; i < members.size(); ++i) {
      const TaskId member = members[i];
      const hosts::TaskCost& own = unfused_.cost(member);
      Bytes held = own.memory;  // and what earlier steps made for it, and its own output
      for (const Argument& argument : arguments[i])
        if (argument.made_here) held += steps[argument.index].output;
      if (member != last) held += output(member);
      cost.memory = std::max(cost.memory, held);
      if (member != last) cost.earlier.push_back(own);
      name += (name.empty() ? "" : "-") + unfused_.kind(member);
      for (size_t k = 0; k < shape.size(); ++k) shape[k] += unfused_.shape(member)[k];
      steps.push_back({.kind = unfused_.kind(member),
                       .shape = unfused_.shape(member),
                       .arguments = std::move(arguments[i]),
                       .output = output(member),
                       .memory = own.memory});
    }
    return builder_.add_kind(name, cost, shape, std::move(steps));
  }

  Bytes output(TaskId task) const { return unfused_.output_bytes(task); }

  // Kinds of the members, what they put out, and how they are put together.
  using KindKey =
      std::tuple<std::vector<uint32_t>, std::vector<Bytes>, std::vector<std::vector<Argument>>>;

  const Dag& unfused_;
  Groups groups_;
  DagBuilder builder_;
  std::vector<ObjectId> object_;  // by the unfused DAG's: what stands for it
  std::map<KindKey, KindId> kinds_;
  KindId alias_;
};

}  // namespace

Dag fuse_linear_chains(const Dag& unfused, std::span<const TaskId> blockwise) {
  return FusedDag(unfused, blockwise).build();
}

}  // namespace wukong::dag

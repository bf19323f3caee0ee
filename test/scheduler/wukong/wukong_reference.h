// Wukong's protocol (SoCC'20 section 3.3) once more, as a person would play it with pen and paper:
// services take no time, tasks take what they take, and everything else follows from the order in
// which tasks end. It says which executor runs what, and what is stored, read and counted. For
// tasks of which no two end at one time, and without delayed I/O, which is a matter of times.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "workloads/dag/dag.h"

namespace wukong::test {

struct ReferenceRules {
  bool inline_arguments = true;     // an invocation carries its argument, whatever its size
  bool clustering_fan_out = false;  // at every task: all objects count as large
  bool clustering_fan_in = false;
  bool become_first_only = false;
  size_t proxy_threshold = 100;
  std::vector<TaskId> first = {};  // by task: the first of its successors; arbitrary
};

struct ReferenceOutcome {
  std::vector<std::vector<uint32_t>> executors;  // the tasks of each, in order
  std::map<uint32_t, int> read, written;         // how often, by object
  uint64_t increments = 0;
  uint64_t counter_reads = 0;
  uint64_t messages = 0;  // results, and fan-outs for the proxy
};

class ReferenceWukong {
 public:
  ReferenceWukong(const dag::Dag& dag, const ReferenceRules& rules)
      : dag_(dag), rules_(rules), arrived_(dag.task_count(), 0) {}

  ReferenceOutcome play() {
    for (const TaskId leaf : dag_.leaves()) invoke(leaf, {});
    while (true) {
      // The executor whose task ends first.
      size_t next = executors_.size();
      for (size_t i = 0; i < executors_.size(); ++i)
        if (!executors_[i].ready.empty() &&
            (next == executors_.size() || executors_[i].ends < executors_[next].ends))
          next = i;
      if (next == executors_.size()) return std::move(outcome_);
      now_ = executors_[next].ends;
      finish(next);
    }
  }

 private:
  struct Executor {
    std::vector<TaskId> ready;  // the first of them is running
    std::set<ObjectId> memory;
    int64_t ends = 0;
  };
  // What an executor does with its targets once the loop over them is over.
  struct Decision {
    std::vector<TaskId> run_here, invoke;
  };

  void invoke(TaskId start, const std::vector<ObjectId>& carried) {
    Executor& executor = executors_.emplace_back();
    executor.memory.insert(carried.begin(), carried.end());
    executor.ready.push_back(start);
    outcome_.executors.emplace_back();
    begin(executors_.size() - 1);
  }

  void begin(size_t number) {
    Executor& executor = executors_[number];
    const TaskId task = executor.ready.front();
    outcome_.executors[number].push_back(task.value());
    for (const ObjectId object : dag_.inputs(task))
      if (executor.memory.insert(object).second) ++outcome_.read[object.value()];
    executor.ends = now_ + dag_.cost(task).sleep.count_ns();
  }

  void finish(size_t number) {
    const TaskId task = executors_[number].ready.front();
    for (const ObjectId object : dag_.outputs(task)) executors_[number].memory.insert(object);
    executors_[number].ready.erase(executors_[number].ready.begin());
    const Decision decision = follow(task);
    for (const TaskId target : decision.invoke) {
      std::vector<ObjectId> carried;
      if (!rules_.inline_arguments) store(task);
      for (const ObjectId object : dag_.outputs(task))
        if (rules_.inline_arguments) carried.push_back(object);
      invoke(target, carried);
    }
    Executor& executor = executors_[number];  // invoke() has moved it
    executor.ready.insert(executor.ready.end(), decision.run_here.begin(), decision.run_here.end());
    std::erase_if(executor.memory, [&](ObjectId object) { return !is_needed(executor, object); });
    if (!executor.ready.empty()) begin(number);
  }

  Decision follow(TaskId task) {
    const auto targets = dag_.successors(task);
    if (targets.empty()) {
      store(task);
      ++outcome_.messages;
      return {};
    }
    if (rules_.clustering_fan_out) return cluster(task);
    if (targets.size() >= rules_.proxy_threshold) return through_proxy(task);
    return fan_out(task);
  }

  // The output is stored, whatever comes next.
  Decision fan_out(TaskId task) {
    Decision decision;
    const TaskId preferred = rules_.first[task.index()];
    if (!rules_.become_first_only && is_last_missing(preferred))
      decision.run_here.push_back(preferred);
    store(task);
    for (const TaskId target : dag_.successors(task)) {
      if (!rules_.become_first_only && !decision.run_here.empty() &&
          decision.run_here.front() == target)
        continue;
      if (!arrive(task, target)) continue;
      const bool may_become = target == preferred || !rules_.become_first_only;
      (decision.run_here.empty() && may_become ? decision.run_here : decision.invoke)
          .push_back(target);
    }
    return decision;
  }

  // The proxy stores the value, and looks after all targets but the first.
  Decision through_proxy(TaskId task) {
    Decision decision;
    const TaskId preferred = rules_.first[task.index()];
    if (is_last_missing(preferred) || arrive(task, preferred))
      decision.run_here.push_back(preferred);
    ++outcome_.messages;
    store(task);
    for (const TaskId target : dag_.successors(task)) {
      if (target == preferred) continue;
      if (arrive(task, target)) decision.invoke.push_back(target);
    }
    return decision;
  }

  Decision cluster(TaskId task) {
    Decision decision;
    for (const TaskId target : dag_.successors(task)) {
      if (is_last_missing(target))
        decision.run_here.push_back(target);
      else if (arrive(task, target))
        (rules_.clustering_fan_in ? decision.run_here : decision.invoke).push_back(target);
    }
    return decision;
  }

  // Looks, and changes nothing.
  bool is_last_missing(TaskId target) {
    const size_t needed = dag_.predecessors(target).size();
    ++outcome_.counter_reads;
    return arrived_[target.index()] + 1 == needed;
  }

  // Store, then count.
  bool arrive(TaskId task, TaskId target) {
    store(task);
    ++outcome_.increments;
    return ++arrived_[target.index()] == dag_.predecessors(target).size();
  }

  void store(TaskId task) {
    for (const ObjectId object : dag_.outputs(task)) outcome_.written[object.value()] = 1;
  }

  bool is_needed(const Executor& executor, ObjectId object) const {
    return std::any_of(executor.ready.begin(), executor.ready.end(), [&](TaskId task) {
      const auto inputs = dag_.inputs(task);
      return std::find(inputs.begin(), inputs.end(), object) != inputs.end();
    });
  }

  const dag::Dag& dag_;
  ReferenceRules rules_;
  std::vector<size_t> arrived_;
  std::vector<Executor> executors_;
  ReferenceOutcome outcome_;
  int64_t now_ = 0;
};

}  // namespace wukong::test

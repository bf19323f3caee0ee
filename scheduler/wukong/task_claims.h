// Which invocation runs a task: a key for each task in the metadata store, written once, on
// condition that it is not there (claim_tasks). The holder of a task is an invocation by its
// request id, which all of its executions have; so one that runs again holds what it held. A task
// never changes hands.
//
// Why every task is run, though a holder may crash at any point: its invocation runs again until it
// succeeds, from the same first task on. Counters only grow, so it reaches every task that it has
// reached before; what it holds it runs again itself, even where it would now invoke another
// executor for it (WukongExecutor::invoke). What is ready and held by nobody belongs to whoever
// found it ready, who does not succeed before he has run it or invoked an executor for it.
//
// Why no task runs too often: each execution of the holder's invocation runs it once.
#pragma once

#include <optional>

#include "sim/engine/task.h"
#include "sim/storage/metadata_store.h"
#include "workloads/dag/dag.h"

namespace wukong::wukong_policy {

enum class Holder {
  nobody,
  self,     // this invocation, in this execution or in another
  another,  // invocation
};

class TaskClaims {
 public:
  TaskClaims(storage::MetadataStore& metadata, const dag::Dag& dag, bool used)
      : metadata_(metadata), first_(dag.task_count()), used_(used) {}

  bool used() const { return used_; }
  // The invocation claims the task. Who held it before; absent: the store did not answer.
  // REQUIRES: claims are used.
  engine::Task<storage::CounterReply> claim(const hosts::Host& host, TaskId task,
                                            InvocationId request) const;
  engine::Task<storage::CounterReply> look(const hosts::Host& host, TaskId task) const;
  // What a reply says.
  static Holder holder(uint64_t reply, InvocationId request);

 private:
  CounterId key(TaskId task) const { return CounterId(first_ + task.index()); }

  storage::MetadataStore& metadata_;
  size_t first_;  // after the fan-ins' counters
  bool used_;
};

}  // namespace wukong::wukong_policy

// Wukong's executor: SoCC'20 section 3.3, in the paper's words and order. One Lambda invocation
// runs one executor. It starts at a task of its static schedule, runs it, looks at its out-edges,
// becomes the executor of one (or, for large objects, of several) of its successors, invokes
// others, and stops at a fan-in that still waits for somebody else. It never waits for an input
// that another executor makes.
#pragma once

#include <optional>
#include <vector>

#include "scheduler/wukong/object_cache.h"
#include "scheduler/wukong/wukong.h"

namespace wukong::scheduler {

class WukongExecutor {
 public:
  WukongExecutor(Wukong& wukong, const sim::Environment& environment);

  // The whole life of the executor. An error means that a service failed it beyond its retries;
  // then the function fails, and the Lambda service runs it again.
  sim::Task<sim::HandlerResult> run(TaskId start, TaskId inlined);

 private:
  // A fan-in that waits for others while this executor keeps its large input in memory.
  struct Delayed {
    TaskId producer;
    TaskId target;
  };

  sim::Task<bool> run_task(TaskId task);
  sim::Task<bool> fetch_inputs(TaskId task);

  sim::Task<bool> follow_out_edges(TaskId task);
  sim::Task<bool> fan_out(TaskId task);
  sim::Task<bool> fan_out_through_proxy(TaskId task);
  sim::Task<bool> cluster(TaskId task);
  sim::Task<bool> invoke_targets(TaskId task, const std::vector<TaskId>& targets);
  sim::Task<bool> publish_result(TaskId task);

  // Whether `target` needs nothing more than `task`'s output. Reads its counter, changes nothing.
  sim::Task<std::optional<bool>> is_last_missing(TaskId task, TaskId target);
  // A fan-in's protocol: store first, then increment; true for the last one to arrive.
  sim::Task<std::optional<bool>> arrive_at_fan_in(TaskId task, TaskId target);

  sim::Task<bool> check_delayed();
  sim::Task<bool> wait_for_delayed();
  sim::Task<bool> give_up_delayed();
  bool safe_to_delay(TaskId task, TaskId target) const;

  sim::Task<bool> store_outputs(TaskId task);
  sim::Task<bool> store(ObjectId object);
  // To the node of the store that has the object, unless there is a connection already.
  sim::Task<> connect(ObjectId object);
  sim::Task<bool> fetch(ObjectId object);
  sim::Task<bool> make_room(Bytes bytes, TaskId running);
  template <class Predicate>
  void drop_if(Predicate gone) {
    cache_.drop_if([&](const ObjectCache::Entry& entry) {
      if (!gone(entry)) return false;
      values_.drop(host_, entry.object);
      return true;
    });
  }
  void drop_unneeded();
  bool needed(ObjectId object) const;
  bool is_large(TaskId task) const {
    return wukong_.output_size(task) >= options_.large_object_threshold;
  }

  sim::Task<> copy(Bytes bytes);

  Wukong& wukong_;
  const sim::Host& host_;
  const workloads::Dag& dag_;
  const WukongOptions& options_;
  sim::Engine& engine_;
  sim::Usage& usage_;
  sim::Values& values_;

  ObjectCache cache_;
  std::vector<TaskId> ready_;  // to be run here, in order
  std::vector<Delayed> delayed_;
  std::vector<size_t> connected_;  // the store's servers that it has a connection to
};

// The handler of an executor's invocation.
sim::Task<sim::HandlerResult> run_wukong_executor(Wukong& wukong, sim::Environment& environment,
                                                  TaskId start, TaskId inlined);

}  // namespace wukong::scheduler

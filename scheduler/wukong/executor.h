// Wukong's executor: SoCC'20 section 3.3, in the paper's words and order. One Lambda invocation
// runs one executor. It starts at a task of its static schedule, runs it, looks at its out-edges,
// becomes the executor of one (or, for large objects, of several) of its successors, invokes
// others, and stops at a fan-in that still waits for somebody else. It never waits for an input
// that another executor makes.
//
// A false or an absent value means that a service failed it beyond its retries; then the function
// fails, and the Lambda service runs it again.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "scheduler/wukong/context.h"
#include "scheduler/wukong/executor_objects.h"
#include "scheduler/wukong/executor_story.h"
#include "scheduler/wukong/executor_work.h"

namespace wukong::accounting {
struct Usage;
}  // namespace wukong::accounting

namespace wukong::functions {
struct Environment;
enum class HandlerResult;
}  // namespace wukong::functions

namespace wukong::wukong_policy {

class WukongExecutor {
 public:
  WukongExecutor(const WukongContext& context, functions::Environment& environment);
  WukongExecutor(const WukongExecutor&) = delete;
  WukongExecutor& operator=(const WukongExecutor&) = delete;
  ~WukongExecutor();

  // Its whole life. If it gives up, the environment is told why. With `inlined`, that task's
  // outputs came in the payload.
  engine::Task<functions::HandlerResult> run(TaskId start, TaskId inlined);

 private:
  // A fan-in that waits for others while this executor keeps its large input in memory.
  struct Delayed {
    TaskId producer;
    TaskId target;
  };

  functions::HandlerResult give_up(TaskId task, const char* at);
  engine::Task<bool> fetch_path(TaskId start);
  // Commands to the metadata store whose effect is of no consequence here, one after another.
  engine::Task<bool> ask_metadata(int64_t commands, Bytes sent);

  // Whether this executor is the one to run the task; claims it, if the options say so.
  engine::Task<std::optional<bool>> may_run(TaskId task);
  engine::Task<bool> run_task(TaskId task);
  bool is_stored(TaskId task) const;
  engine::Task<functions::HandlerResult> process(TaskId task);
  engine::Task<bool> fetch_inputs(TaskId task);
  engine::Task<bool> make_room(Bytes bytes, TaskId running);

  engine::Task<bool> follow_out_edges(TaskId task);
  engine::Task<bool> fan_out(TaskId task);
  engine::Task<bool> fan_out_through_proxy(TaskId task);
  engine::Task<bool> cluster(TaskId task);
  engine::Task<bool> invoke_targets(TaskId task, const std::vector<TaskId>& targets);
  // Whether nobody runs the target yet, as far as is known. One that this invocation has begun in
  // an earlier execution is taken on.
  engine::Task<std::optional<bool>> left_to_invoke(TaskId task, TaskId target);
  engine::Task<bool> invoke(TaskId task, TaskId target);
  engine::Task<bool> publish_result(TaskId task);

  // Whether `target` needs nothing more than `task`'s output. Reads its counter, changes nothing.
  engine::Task<std::optional<bool>> is_last_missing(TaskId task, TaskId target);
  // A target's protocol: store first, then increment; true for the last one to arrive. A target of
  // one predecessor has a counter, too.
  engine::Task<std::optional<bool>> arrive(TaskId task, TaskId target);

  void hold(TaskId producer, TaskId target);
  engine::Task<bool> check_delayed();
  engine::Task<bool> wait_for_delayed();
  bool delayed_end_in_time(Duration wait) const;
  engine::Task<bool> give_up_delayed();

  const WukongContext& context_;
  functions::Environment& environment_;
  const hosts::Host& host_;
  const dag::Dag& dag_;
  const wukong_decisions::WukongOptions& options_;
  engine::Engine& engine_;
  accounting::Usage& usage_;

  ExecutorObjects objects_;
  ExecutorWork work_;
  std::vector<Delayed> delayed_;
  ExecutorStory story_;
  std::set<TaskId> begun_;   // tasks that have run here; only with claims
  bool runs_again_ = false;  // another execution of this invocation holds a task
};

// The handler of an executor's invocation.
engine::Task<functions::HandlerResult> run_wukong_executor(const WukongContext& context,
                                                           functions::Environment& environment,
                                                           TaskId start, TaskId inlined);

}  // namespace wukong::wukong_policy

// The example policy as coroutines: a function for each task, invoked when its last predecessor has
// ended. docs/policies.md has it beside the two other forms.
#pragma once

#include <wukong/dag.h>
#include <wukong/policy.h>

#include <optional>
#include <utility>
#include <vector>

#include "options.h"

namespace each_task {

using namespace wukong;
using engine::Task;

class CoroutineForm final : public scheduler::System {
 public:
  CoroutineForm(platform::Platform& platform, const dag::Dag& dag, const Options& options)
      : platform_(platform),
        dag_(dag),
        client_(platform.rent(options.client_machine)),
        store_(platform.add_store(options.store)),
        function_(platform.lambda().add_function(platform.spec().functions.executor())),
        ended_(platform.engine()) {
    scheduler::preload_initial_objects(store_, dag);
  }

  Task<scheduler::Failure> run() override {
    std::vector<size_t> missing;
    for (const TaskId task : dag_.tasks()) missing.push_back(dag_.predecessors(task).size());
    for (const TaskId task : dag_.leaves()) platform_.engine().spawn(invoke(task), "invocation");
    for (size_t left = dag_.task_count(); left > 0; --left) {
      const std::optional<TaskId> task = co_await ended_.receive();
      if (!task) co_return scheduler::Failure("a function did not finish");
      for (const TaskId next : dag_.successors(*task))
        if (--missing[next.index()] == 0) platform_.engine().spawn(invoke(next), "invocation");
    }
    co_return std::nullopt;
  }

 private:
  Task<> invoke(TaskId task) {
    functions::Handler handler = [this, task](functions::Environment& environment) {
      return execute(environment.host, task);
    };
    const auto reply = co_await platform_.lambda().invoke_sync(client_.host, function_, Bytes(1000),
                                                               std::move(handler));
    const bool good = reply == functions::InvokeReply::accepted;
    ended_.send(good ? std::optional(task) : std::nullopt);
  }

  // In the function.
  Task<functions::HandlerResult> execute(const hosts::Host& host, TaskId task) {
    for (const ObjectId object : dag_.distinct_inputs(task)) {
      if (dag_.absent(object)) continue;
      const auto status = co_await store_.get(host, object);
      if (status != storage::StoreStatus::ok) co_return functions::HandlerResult::error;
    }
    const auto status = co_await platform_.tasks().execute(host, task, dag_.cost(task));
    if (status != hosts::ExecuteStatus::done) co_return functions::HandlerResult::error;
    for (const ObjectId object : dag_.outputs(task)) {
      const auto stored = co_await store_.put(host, object, dag_.size(object));
      if (stored != storage::StoreStatus::ok) co_return functions::HandlerResult::error;
    }
    co_return functions::HandlerResult::success;
  }

  platform::Platform& platform_;
  const dag::Dag& dag_;
  hosts::Machine& client_;
  storage::ObjectStore& store_;
  FunctionId function_;
  engine::Channel<std::optional<TaskId>> ended_;  // nothing: one was given up
};

}  // namespace each_task

// The example policy as plain blocking code on fibers: the same steps, without co_await.
#pragma once

#include <wukong/blocking.h>
#include <wukong/dag.h>
#include <wukong/policy.h>

#include <optional>
#include <vector>

#include "options.h"

namespace each_task {

using namespace wukong;

class BlockingForm final : public scheduler::System {
 public:
  BlockingForm(platform::Platform& platform, const dag::Dag& dag, const Options& options)
      : dag_(dag),
        client_(platform.rent(options.client_machine)),
        objects_(platform.add_store(options.store)),
        function_(platform.lambda().add_function(platform.spec().functions.executor())),
        ended_(platform.engine()),
        services_(fibers_, platform),
        store_(fibers_, objects_) {
    scheduler::preload_initial_objects(objects_, dag);
  }

  engine::Task<scheduler::Failure> run() override {
    return fibers_.run([this] { return client(); });
  }

 private:
  scheduler::Failure client() {
    std::vector<size_t> missing;
    for (const TaskId task : dag_.tasks()) missing.push_back(dag_.predecessors(task).size());
    for (const TaskId task : dag_.leaves()) start(task);
    for (size_t left = dag_.task_count(); left > 0; --left) {
      const std::optional<TaskId> task = services_.receive(ended_);
      if (!task) return "a function did not finish";
      for (const TaskId next : dag_.successors(*task))
        if (--missing[next.index()] == 0) start(next);
    }
    return std::nullopt;
  }

  void start(TaskId task) {
    services_.spawn([this, task] { invoke(task); }, "invocation");
  }

  void invoke(TaskId task) {
    const auto reply = services_.invoke_sync(client_.host, function_, Bytes(1000),
                                             [this, task](functions::Environment& environment) {
                                               return execute(environment.host, task);
                                             });
    const bool good = reply == functions::InvokeReply::accepted;
    ended_.send(good ? std::optional(task) : std::nullopt);
  }

  // In the function.
  functions::HandlerResult execute(const hosts::Host& host, TaskId task) {
    for (const ObjectId object : dag_.distinct_inputs(task))
      if (!dag_.absent(object) && store_.get(host, object) != storage::StoreStatus::ok)
        return functions::HandlerResult::error;
    if (services_.execute(host, task, dag_.cost(task)) != hosts::ExecuteStatus::done)
      return functions::HandlerResult::error;
    for (const ObjectId object : dag_.outputs(task))
      if (store_.put(host, object, dag_.size(object)) != storage::StoreStatus::ok)
        return functions::HandlerResult::error;
    return functions::HandlerResult::success;
  }

  const dag::Dag& dag_;
  hosts::Machine& client_;
  storage::ObjectStore& objects_;
  FunctionId function_;
  engine::Channel<std::optional<TaskId>> ended_;  // nothing: one was given up
  blocking::Fibers fibers_;                       // outlives the bodies, as this object does
  blocking::Services services_;
  blocking::Store store_;
};

}  // namespace each_task

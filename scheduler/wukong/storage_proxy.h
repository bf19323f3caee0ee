// The storage proxy (SoCC'20 3.4): a process beside the metadata store that takes over large
// fan-outs. It stores the value, arrives at fan-ins, and has its invokers invoke what is ready.
// Nobody runs it again as Lambda does a failed executor, so it tries until it gets through. Owned
// by the system.
#pragma once

#include "scheduler/policy/invoker_pool.h"
#include "scheduler/wukong/context.h"

namespace wukong::wukong_policy {

class StorageProxy {
 public:
  explicit StorageProxy(const WukongContext& context);
  StorageProxy(const StorageProxy&) = delete;
  StorageProxy& operator=(const StorageProxy&) = delete;

  // Takes one message after another, for ever.
  engine::Task<> serve();

 private:
  engine::Task<> fan_out(TaskId task);
  engine::Task<bool> store(ObjectId object);
  engine::Task<bool> arrives_last(TaskId task, TaskId target);
  engine::Task<> invoke(scheduler::InvocationRequest request);

  const WukongContext& context_;
  const hosts::Host& host_;
  scheduler::InvokerPool invokers_;
};

}  // namespace wukong::wukong_policy

// The storage proxy (SoCC'20 3.4): a process beside the metadata store that takes over large
// fan-outs. It stores the value, arrives at fan-ins, and has its invokers invoke what is ready.
// Nobody runs it again as Lambda does a failed executor, so it tries until it gets through. Owned
// by the system.
#pragma once

#include "scheduler/invoker_pool.h"
#include "scheduler/wukong/context.h"

namespace wukong::scheduler {

class StorageProxy {
 public:
  explicit StorageProxy(const WukongContext& context);
  StorageProxy(const StorageProxy&) = delete;
  StorageProxy& operator=(const StorageProxy&) = delete;

  // Takes one message after another, for ever.
  sim::Task<> serve();

 private:
  sim::Task<> fan_out(TaskId task);
  sim::Task<bool> store(ObjectId object);
  sim::Task<bool> arrives_last(TaskId task, TaskId target);
  sim::Task<> invoke(InvocationRequest request);

  const WukongContext& context_;
  const sim::Host& host_;
  InvokerPool invokers_;
};

}  // namespace wukong::scheduler

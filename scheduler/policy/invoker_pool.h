// Processes beside a scheduler or a proxy that share the slow work of invoking functions: each call
// holds its process for the API's overhead, so n processes invoke n times as fast.
#pragma once

#include "sim/base/ids.h"
#include "sim/base/inline_function.h"
#include "sim/engine/sync.h"

namespace wukong::scheduler {

// An invocation that is to be made; what `start` and `count` mean is the policy's.
struct InvocationRequest {
  uint32_t start = 0;
  uint32_t count = 1;
  TaskId inlined;  // the task whose outputs travel in the payload, if any
};

class InvokerPool {
 public:
  // Makes one invocation; the policy's.
  using Invoke = InlineFunction<engine::Task<>(InvocationRequest)>;

  // Requests are collected for `batch_interval` before they are handed to `processes` processes.
  InvokerPool(engine::Engine& engine, int64_t processes, Duration batch_interval, Invoke invoke);

  void submit(InvocationRequest request);

 private:
  engine::Task<> process();
  engine::Task<> flush();

  engine::Engine& engine_;
  Duration batch_interval_;
  Invoke invoke_;
  std::vector<InvocationRequest> batch_;
  engine::Channel<InvocationRequest> requests_;
};

}  // namespace wukong::scheduler

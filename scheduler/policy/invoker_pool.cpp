#include "scheduler/policy/invoker_pool.h"

namespace wukong::scheduler {

InvokerPool::InvokerPool(engine::Engine& engine, int64_t processes, Duration batch_interval,
                         Invoke invoke)
    : engine_(engine),
      batch_interval_(batch_interval),
      invoke_(std::move(invoke)),
      requests_(engine) {
  for (int64_t i = 0; i < processes; ++i) engine_.spawn_daemon(process(), "invoker");
}

void InvokerPool::submit(InvocationRequest request) {
  if (batch_.empty()) engine_.spawn(flush(), "invocation batch");
  batch_.push_back(request);
}

engine::Task<> InvokerPool::flush() {
  co_await engine_.sleep(batch_interval_, "the next batch of invocations");
  for (const InvocationRequest& request : batch_) requests_.send(request);
  batch_.clear();
}

engine::Task<> InvokerPool::process() {
  while (true) {
    const InvocationRequest request = co_await requests_.receive("something to invoke");
    co_await invoke_(request);
  }
}

}  // namespace wukong::scheduler

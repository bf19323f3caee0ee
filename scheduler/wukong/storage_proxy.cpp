#include "scheduler/wukong/storage_proxy.h"

#include "scheduler/policy/retry.h"
#include "scheduler/wukong/invocation.h"
#include "sim/hosts/values.h"
#include "sim/storage/object_store.h"

namespace wukong::wukong_policy {

using engine::Task;

StorageProxy::StorageProxy(const WukongContext& context)
    : context_(context),
      host_(context.storage_proxy),
      invokers_(context.engine, context.options.proxy_invokers, context.options.batch_interval,
                [this](scheduler::InvocationRequest request) { return invoke(request); }) {}

Task<> StorageProxy::serve() {
  auto& messages = context_.metadata.subscribe(host_, kProxyChannel);
  while (true) {
    const auto message = co_await messages.receive("a large fan-out");
    context_.engine.spawn(fan_out(TaskId(message)), "proxied fan-out");
  }
}

Task<> StorageProxy::fan_out(TaskId task) {
  const auto objects = context_.dag.outputs(task);
  for (const ObjectId object : objects) context_.platform.values().receive(host_, object);
  for (const ObjectId object : objects) {
    const bool stored = co_await store(object);
    if (!stored) co_return;
  }
  for (const TaskId target : context_.dag.successors(task)) {
    if (target == context_.schedules.become(task)) continue;  // the executor's own
    const bool last = co_await arrives_last(task, target);
    if (!last) continue;
    scheduler::InvocationRequest request;
    request.start = target.value();
    request.inlined = fits_inline(context_, target, task) ? task : TaskId::none();
    invokers_.submit(request);
  }
}

Task<bool> StorageProxy::store(ObjectId object) {
  if (context_.store.holds(object)) co_return true;
  const auto put = [this, object] {
    return context_.store.put(host_, object, context_.dag.size(object));
  };
  const auto failed = [](storage::StoreStatus status) {
    return status == storage::StoreStatus::unavailable;
  };
  const auto stored = co_await scheduler::with_retries(
      context_.platform, host_, context_.options.storage_retry.without_end(), put, failed);
  co_return stored == storage::StoreStatus::ok;
}

Task<bool> StorageProxy::arrives_last(TaskId task, TaskId target) {
  const auto arrive = [this, task, target] { return context_.fan_ins.arrive(host_, task, target); };
  const auto no_reply = [](const storage::CounterReply& reply) { return !reply.value.has_value(); };
  const auto arrived = co_await scheduler::with_retries(
      context_.platform, host_, context_.options.counter_retry.without_end(), arrive, no_reply);
  co_return arrived.value == context_.dag.predecessors(target).size();
}

Task<> StorageProxy::invoke(scheduler::InvocationRequest request) {
  co_await invoke_executor(context_, host_, TaskId(request.start), request.inlined);
}

}  // namespace wukong::wukong_policy

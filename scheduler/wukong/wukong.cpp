#include "scheduler/wukong/wukong.h"

#include <algorithm>
#include <cmath>

#include "scheduler/wukong/executor.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {

using sim::HandlerResult;
using sim::Span;
using sim::SpanKind;
using sim::Task;

Wukong::Wukong(sim::Platform& platform, const workloads::Dag& dag, const WukongOptions& options)
    : platform_(platform),
      engine_(platform.engine()),
      dag_(dag),
      options_(options),
      scheduler_(platform.rent(options.scheduler_machine)),
      metadata_machine_(options.bill_metadata_machine ? platform.rent(options.metadata_machine)
                                                      : platform.borrow(options.metadata_machine)),
      store_(platform.add_store(options.store)),
      servers_(platform.servers_of(store_)),
      metadata_(platform.add_metadata_store(metadata_machine_.host)),
      executor_function_(platform.lambda().add_function(platform.spec().functions.executor())),
      schedules_(dag, options.schedule_node_bytes) {
  platform.name_host(scheduler_.host, "scheduler");
  platform.name_host(metadata_machine_.host, "storage proxy");
  sim::FunctionConfig invoker = platform.spec().functions.executor();
  invoker.name = "invoker";
  invoker.memory_mb = options.invoker_function_memory_mb;
  invoker.time_limit = options.invoker_function_time_limit;
  invoker_function_ = platform.lambda().add_function(invoker);

  const auto of_client = [this](InvocationRequest request) { return invoke_leaf(request); };
  invokers_ = std::make_unique<InvokerPool>(engine_, options.invokers + 1, options.batch_interval,
                                            of_client);
  const auto of_proxy = [this](InvocationRequest request) { return invoke_for_proxy(request); };
  proxy_invokers_ = std::make_unique<InvokerPool>(engine_, options.proxy_invokers,
                                                  options.batch_interval, of_proxy);
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid() && !dag.absent(object))
      store_.preload(object, dag.size(object));
}

// ---- the client (SoCC'20 3.2)

Task<Failure> Wukong::run() {
  auto& results = metadata_.subscribe(scheduler_.host, kResultChannel);
  engine_.spawn_daemon(proxy(), "storage proxy");

  {
    const Span span(engine_, {SpanKind::work, "submission", scheduler_.host.id.value()});
    co_await engine_.sleep(options_.submit_time, "the graph's submission");
  }
  // A depth-first search from every leaf.
  const auto nodes = static_cast<int64_t>(dag_.reachable_pairs());
  {
    const Span span(engine_, {SpanKind::work, "static schedules", scheduler_.host.id.value()});
    co_await engine_.sleep(options_.schedule_time_per_node * nodes, "its static schedules");
  }
  // Schedules and counters, in one MSET.
  co_await metadata_.request(scheduler_.host, 1, schedules_.total_size(), Bytes(0));

  const auto leaves = static_cast<int64_t>(dag_.leaves().size());
  const int64_t batch = leaves_per_request();
  for (int64_t first = 0; first < leaves; first += batch) {
    InvocationRequest request;
    request.start = static_cast<uint32_t>(first);
    request.count = static_cast<uint32_t>(std::min(batch, leaves - first));
    invokers_->submit(request);
  }

  const Span span(engine_, {SpanKind::wait, "results", scheduler_.host.id.value()});
  std::vector<bool> finished(dag_.task_count());
  for (size_t missing = dag_.sinks().size(); missing > 0;) {
    const uint64_t sink = co_await results.receive("results");
    if (!finished[sink]) --missing;
    finished[sink] = true;
  }
  co_return std::nullopt;
}

// Above the threshold, a tree of two levels: processes invoke invoker functions, those invoke
// executors. With L leaves, p processes and batches of b, L / (b p) calls come one after another on
// the first level and b on the second; their sum is least at b = sqrt(L / p).
int64_t Wukong::leaves_per_request() const {
  const auto leaves = static_cast<int64_t>(dag_.leaves().size());
  if (leaves <= options_.invoker_function_threshold) return 1;
  if (options_.invoker_function_batch) return *options_.invoker_function_batch;
  const double for_each = static_cast<double>(leaves) / static_cast<double>(options_.invokers + 1);
  return std::max<int64_t>(1, std::llround(std::sqrt(for_each)));
}

// One request of an invoker process: an executor, or an invoker function that invokes many.
Task<> Wukong::invoke_leaf(InvocationRequest request) {
  if (request.count == 1) {
    const TaskId leaf = dag_.leaves()[request.start];
    co_await invoke_executor(scheduler_.host, leaf, TaskId::none());
    co_return;
  }
  Bytes payload;
  for (const TaskId leaf : dag_.leaves().subspan(request.start, request.count))
    payload += schedules_.size(leaf);
  sim::Handler handler = [this, request](sim::Environment& environment) {
    return invoke_leaves(environment, request);
  };
  co_await platform_.lambda().invoke_async(scheduler_.host, invoker_function_,
                                           std::min(payload, options_.inline_argument_limit),
                                           std::move(handler));
}

Task<HandlerResult> Wukong::invoke_leaves(sim::Environment& environment,
                                          InvocationRequest request) {
  for (const TaskId leaf : dag_.leaves().subspan(request.start, request.count)) {
    const bool invoked = co_await invoke_executor(environment.host, leaf, TaskId::none());
    if (!invoked) co_return HandlerResult::error;
  }
  co_return HandlerResult::success;
}

// ---- the storage proxy (SoCC'20 3.4): takes over large fan-outs. Nobody runs it again as Lambda
// does a failed executor, so it tries until it gets through.

Task<> Wukong::proxy() {
  auto& messages = metadata_.subscribe(metadata_machine_.host, kProxyChannel);
  while (true) {
    const auto message = co_await messages.receive("a large fan-out");
    engine_.spawn(proxy_fan_out(TaskId(message)), "proxied fan-out");
  }
}

Task<> Wukong::proxy_fan_out(TaskId task) {
  const sim::Host& host = metadata_machine_.host;
  for (const ObjectId object : dag_.outputs(task)) platform_.values().receive(host, object);
  for (const ObjectId object : dag_.outputs(task)) {
    const bool stored = co_await store_for_proxy(object);
    if (!stored) co_return;
  }
  for (const TaskId target : dag_.successors(task)) {
    if (target == schedules_.become(task)) continue;  // the executor's own
    if (is_fan_in(target)) {
      const auto arrive_once = [this, &host, task, target] { return arrive(host, task, target); };
      const auto no_reply = [](const sim::CounterReply& reply) { return !reply.value.has_value(); };
      const auto arrived = co_await with_retries(
          platform_, host, options_.counter_retry.without_end(), arrive_once, no_reply);
      if (arrived.value != dag_.predecessors(target).size()) continue;
    }
    InvocationRequest request;
    request.start = target.value();
    request.inlined = fits_inline(target, task) ? task : TaskId::none();
    proxy_invokers_->submit(request);
  }
}

Task<bool> Wukong::store_for_proxy(ObjectId object) {
  if (store_.holds(object)) co_return true;
  const sim::Host& host = metadata_machine_.host;
  const auto put = [this, &host, object] { return store_.put(host, object, dag_.size(object)); };
  const auto failed = [](sim::StoreStatus status) {
    return status == sim::StoreStatus::unavailable;
  };
  const auto stored =
      co_await with_retries(platform_, host, options_.storage_retry.without_end(), put, failed);
  co_return stored == sim::StoreStatus::ok;
}

Task<> Wukong::invoke_for_proxy(InvocationRequest request) {
  co_await invoke_executor(metadata_machine_.host, TaskId(request.start), request.inlined);
}

// ---- shared by client, proxy and executors

Task<bool> Wukong::invoke_executor(const sim::Host& caller, TaskId start, TaskId inlined) {
  if (inlined.valid())
    for (const ObjectId object : dag_.outputs(inlined)) platform_.values().send(caller, object);
  sim::Handler handler = [this, start, inlined](sim::Environment& environment) {
    return run_wukong_executor(*this, environment, start, inlined);
  };
  const auto reply = co_await platform_.lambda().invoke_async(
      caller, executor_function_, payload_size(start, inlined), std::move(handler));
  co_return reply == sim::InvokeReply::accepted;
}

Task<sim::CounterReply> Wukong::arrive(const sim::Host& host, TaskId task, TaskId target) {
  const sim::CounterId counter(target.value());
  if (!options_.bit_counters)
    return metadata_.count(host, {sim::CounterAction::increment, counter});
  return metadata_.count(host, {sim::CounterAction::set_bit, counter, bit_of(task, target)});
}

Task<sim::CounterReply> Wukong::others_arrived(const sim::Host& host, TaskId task, TaskId target) {
  const sim::CounterId counter(target.value());
  if (!options_.bit_counters) return metadata_.count(host, {sim::CounterAction::read, counter});
  return metadata_.count(host, {sim::CounterAction::read_others, counter, bit_of(task, target)});
}

uint32_t Wukong::bit_of(TaskId task, TaskId target) const {
  const auto predecessors = dag_.predecessors(target);
  const auto mine = std::find(predecessors.begin(), predecessors.end(), task);
  ENSURE(mine != predecessors.end(), task.value(), target.value());
  return static_cast<uint32_t>(mine - predecessors.begin());
}

Bytes Wukong::output_size(TaskId task) const {
  Bytes sum;
  for (const ObjectId object : dag_.outputs(task)) sum += dag_.size(object).actual;
  return sum;
}

Bytes Wukong::payload_size(TaskId start, TaskId inlined) const {
  Bytes size = schedules_.size(start);
  if (size > options_.inline_argument_limit) size = kScheduleKey;
  if (inlined.valid()) size += encoded(output_size(inlined));
  return size;
}

Bytes Wukong::encoded(Bytes value) const {
  return Bytes(
      static_cast<int64_t>(static_cast<double>(value.count()) * options_.inline_encoding_factor));
}

std::unique_ptr<System> make_wukong(sim::Platform& platform, const workloads::Dag& dag,
                                    const Options& options) {
  return std::make_unique<Wukong>(platform, dag, dynamic_cast<const WukongOptions&>(options));
}

}  // namespace wukong::scheduler

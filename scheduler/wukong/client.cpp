#include "scheduler/wukong/client.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "scheduler/policy/retry.h"
#include "scheduler/wukong/invocation.h"
#include "sim/engine/span.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/platform/platform.h"

namespace wukong::wukong_policy {

using engine::Span;
using engine::SpanKind;
using engine::Task;
using functions::HandlerResult;

WukongClient::WukongClient(const WukongContext& context)
    : context_(context),
      invokers_(context.engine, context.options.invokers + 1, context.options.batch_interval,
                [this](scheduler::InvocationRequest request) { return invoke(request); }) {}

engine::Channel<uint64_t>& WukongClient::subscribe_to_results() {
  return context_.metadata.subscribe(context_.scheduler, kResultChannel);
}

Task<scheduler::Failure> WukongClient::run(engine::Channel<uint64_t>& results) {
  co_await make_schedules();
  invoke_leaves();
  co_await wait_for_results(results);
  if (context_.options.gather_results) co_await gather_results();
  co_return std::nullopt;
}

Task<> WukongClient::make_schedules() {
  {
    const Span span(context_.engine, {SpanKind::work, "submission", context_.scheduler.id.value()});
    co_await context_.engine.sleep(context_.options.submit_time, "the graph's submission");
  }
  {
    const Span span(context_.engine,
                    {SpanKind::work, "static schedules", context_.scheduler.id.value()});
    const wukong_decisions::WukongOptions& options = context_.options;
    const auto tasks = static_cast<int64_t>(context_.dag.task_count());
    co_await context_.engine.sleep(
        options.schedule_time_per_task * tasks +
            options.schedule_time_per_stored_node * context_.schedules.stored_nodes(),
        "its static schedules");
  }
  // Schedules and counters, in one MSET.
  co_await context_.metadata.request(context_.scheduler, 1, context_.schedules.total_size(),
                                     Bytes(0));
}

void WukongClient::invoke_leaves() {
  const auto leaves = static_cast<int64_t>(context_.dag.leaves().size());
  const int64_t batch = leaves_per_request(leaves, context_.options);
  for (int64_t first = 0; first < leaves; first += batch) {
    scheduler::InvocationRequest request;
    request.start = static_cast<uint32_t>(first);
    request.count = static_cast<uint32_t>(std::min(batch, leaves - first));
    invokers_.submit(request);
  }
}

Task<> WukongClient::wait_for_results(engine::Channel<uint64_t>& results) {
  const Span span(context_.engine, {SpanKind::wait, "results", context_.scheduler.id.value()});
  std::vector<bool> finished(context_.dag.task_count());
  for (size_t missing = context_.dag.sinks().size(); missing > 0;) {
    const uint64_t sink = co_await results.receive("results");
    if (!finished[sink]) --missing;
    finished[sink] = true;
  }
}

// One MGET from the metadata store; then they are unpickled and concatenated.
Task<> WukongClient::gather_results() {
  Bytes size;
  size_t results = 0;
  for (const TaskId sink : context_.dag.sinks()) {
    size += context_.outputs.of(sink);
    results += context_.dag.outputs(sink).size();
  }
  const auto get = [this, size, results] {
    return context_.metadata.request(context_.client, static_cast<int>(results), Bytes(0), size);
  };
  const auto failed = [](bool answered) { return !answered; };
  co_await scheduler::with_retries(context_.platform, context_.client,
                                   context_.options.counter_retry.without_end(), get, failed);
  const Span span(context_.engine, {SpanKind::work, "results", context_.client.id.value()});
  co_await context_.engine.sleep(transfer_time(size, context_.options.client.unpickle),
                                 "the client's copies of the results");
}

// Above the threshold, a tree of two levels: processes invoke invoker functions, those invoke
// executors. With L leaves, p processes and batches of b, L / (b p) calls come one after another on
// the first level and b on the second; their sum is least at b = sqrt(L / p).
int64_t leaves_per_request(int64_t leaves, const wukong_decisions::WukongOptions& options) {
  if (leaves <= options.invoker_function_threshold) return 1;
  if (options.invoker_function_batch) return *options.invoker_function_batch;
  const double for_each = static_cast<double>(leaves) / static_cast<double>(options.invokers + 1);
  return std::max<int64_t>(1, std::llround(std::sqrt(for_each)));
}

// One request of an invoker process: an executor, or an invoker function that invokes many.
Task<> WukongClient::invoke(scheduler::InvocationRequest request) {
  const auto leaves = context_.dag.leaves().subspan(request.start, request.count);
  if (request.count == 1) {
    co_await invoke_executor(context_, context_.scheduler, leaves.front(), TaskId::none());
    co_return;
  }
  Bytes payload;
  for (const TaskId leaf : leaves) payload += context_.schedules.size(leaf);
  functions::Handler handler = [this, request](functions::Environment& environment) {
    return run_invoker_function(environment, request);
  };
  co_await context_.platform.lambda().invoke_async(
      context_.scheduler, context_.invoker_function,
      std::min(payload, context_.options.inline_argument_limit), std::move(handler));
}

Task<HandlerResult> WukongClient::run_invoker_function(functions::Environment& environment,
                                                       scheduler::InvocationRequest request) {
  for (const TaskId leaf : context_.dag.leaves().subspan(request.start, request.count)) {
    const bool invoked = co_await invoke_executor(context_, environment.host, leaf, TaskId::none());
    if (!invoked) {
      environment.failure = "the invocation for " + context_.dag.name(leaf) + " was refused";
      co_return HandlerResult::error;
    }
  }
  co_return HandlerResult::success;
}

}  // namespace wukong::wukong_policy

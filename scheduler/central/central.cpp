#include "scheduler/central/central.h"

#include <utility>

#include "scheduler/policy/initial_objects.h"
#include "scheduler/policy/stateless_task.h"
#include "scheduler/policy/stopwatch.h"
#include "sim/base/fields.h"
#include "sim/engine/span.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/host.h"
#include "sim/hosts/machine.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"
#include "sim/storage/metadata_store.h"

namespace wukong::central {

using engine::Span;
using engine::SpanKind;
using engine::Task;
using functions::HandlerResult;

namespace {

constexpr std::string_view kNotificationNames[] = {"tcp", "publish"};
constexpr ChannelId kCompletions{0};
constexpr Bytes kNotificationSize{64};  // a task's key; small against a packet
// A task's pickled code (1000 bytes in configs/presets/system/wukong.yaml, schedule_node_bytes) and
// as much for the keys of its inputs. At the 33 MB/s of a payload (platform presets) that is 0.06
// ms of a call of 50 ms, so the exact size does not show.
constexpr Bytes kInvocationSize{2000};
// In place of a task: an invocation has failed.
constexpr uint64_t kRefused = ~uint64_t{0};

}  // namespace

void CentralOptions::visit(FieldVisitor& v) {
  v.group("store", store);
  v.field("scheduler_machine", scheduler_machine);
  v.duration("dispatch_time_ms", dispatch_time);
  v.duration("completion_time_ms", completion_time);
  v.field("in_flight_limit", in_flight_limit, kCount);
  v.field("invokers", invokers, Bounds{0, 10'000});
  v.duration("invocation_time_ms", invocation_time);
  v.duration("batch_interval_ms", batch_interval);
  v.choice("notification", notification, kNotificationNames);
  v.duration("connect_time_ms", connect_time);
  v.duration("connection_time_us", connection_time);
}

// A function's connection to the scheduler, from its start to its end, however it ends.
class Central::Connection {
 public:
  explicit Connection(Central& central) : central_(central) { ++central_.open_connections_; }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { --central_.open_connections_; }

 private:
  Central& central_;
};

Central::Central(platform::Platform& platform, const dag::Dag& dag, const CentralOptions& options)
    : platform_(platform),
      engine_(platform.engine()),
      dag_(dag),
      options_(options),
      scheduler_(platform.rent(options.scheduler_machine)),
      store_(platform.add_store(options.store)),
      messages_(platform.add_metadata_store(scheduler_.host)),
      function_(platform.lambda().add_function(platform.spec().functions.executor())),
      invokers_(engine_, options.invokers, options.batch_interval,
                [this](scheduler::InvocationRequest request) { return invoke(request); }),
      connections_(engine_),
      completed_(dag.task_count()),
      tasks_left_(dag.task_count()) {
  platform.name_host(scheduler_.host, "scheduler");
  notifications_ = options.notification == Notification::tcp
                       ? &connections_
                       : &messages_.subscribe(scheduler_.host, kCompletions);
  missing_.reserve(dag.task_count());
  for (const TaskId task : dag.tasks())
    missing_.push_back(static_cast<uint32_t>(dag.predecessors(task).size()));
  scheduler::preload_initial_objects(store_, dag);
}

// ---- the scheduler: one thread, one event after another

Task<scheduler::Failure> Central::run() {
  ready_.assign(dag_.leaves().begin(), dag_.leaves().end());
  while (true) {
    co_await dispatch_ready();
    const uint64_t message = co_await notifications_->receive("a notification");
    if (message == kRefused)
      co_return "an invocation was refused: " + platform_.lambda().statistics().first_refusal;
    co_await complete(TaskId(message));
    if (tasks_left_ == 0) co_return std::nullopt;
  }
}

// What has arrived is handled before the next task is sent off, as Dask's scheduler does, which
// batches what it sends.
Task<> Central::dispatch_ready() {
  while (!ready_.empty() && in_flight_ < options_.in_flight_limit && notifications_->empty()) {
    const TaskId task = ready_.front();
    ready_.pop_front();
    ++in_flight_;
    const Span span(engine_, {SpanKind::work, "dispatch", scheduler_.host.id.value()});
    co_await engine_.sleep(options_.dispatch_time, "the scheduler's thread");
    if (options_.invokers == 0)
      co_await engine_.sleep(options_.invocation_time, "the scheduler's thread");
    submit(task);
  }
}

void Central::submit(TaskId task) {
  scheduler::InvocationRequest request;
  request.start = task.value();
  if (options_.invokers > 0)
    invokers_.submit(request);
  else
    engine_.spawn(invoke(request), "invocation");
}

// A function that Lambda ran twice notifies twice; its task counts once.
Task<> Central::complete(TaskId task) {
  Duration work = options_.completion_time;
  if (options_.notification == Notification::tcp)  // the notification's own connection, and others
    work += options_.connection_time * (1 + open_connections_);
  const Span span(engine_, {SpanKind::work, "completion", scheduler_.host.id.value()});
  co_await engine_.sleep(work, "the scheduler's thread");
  if (completed_[task.index()]) co_return;
  completed_[task.index()] = true;
  ENSURE(in_flight_ > 0 && tasks_left_ > 0, in_flight_, tasks_left_);
  --in_flight_;
  --tasks_left_;
  for (const TaskId successor : dag_.successors(task))
    if (--missing_[successor.index()] == 0) ready_.push_back(successor);
}

Task<> Central::invoke(scheduler::InvocationRequest request) {
  const scheduler::Stopwatch stopwatch(engine_, platform_.usage(), accounting::Activity::invoke);
  const TaskId task(request.start);
  functions::Handler handler = [this, task](functions::Environment& environment) {
    return handle(environment, task);
  };
  const auto reply = co_await platform_.lambda().invoke_async(scheduler_.host, function_,
                                                              kInvocationSize, std::move(handler));
  if (reply != functions::InvokeReply::accepted) notifications_->send(kRefused);
}

// ---- the function

Task<HandlerResult> Central::handle(functions::Environment& environment, TaskId task) {
  std::optional<Connection> connection;
  if (options_.notification == Notification::tcp) {
    connection.emplace(*this);
    const Span span(engine_,
                    {SpanKind::wait, "connection to the scheduler", environment.host.id.value()});
    co_await engine_.sleep(options_.connect_time, "its connection to the scheduler");
  }
  const bool ran =
      co_await scheduler::run_stateless_task(platform_, store_, dag_, environment.host, task);
  if (!ran) {
    environment.failure = "task " + dag_.name(task) +
                          " could not be run, or what it reads and writes could not be moved";
    co_return HandlerResult::error;
  }
  const bool notified = co_await notify(environment.host, task);
  if (!notified) environment.failure = "the scheduler could not be told of " + dag_.name(task);
  co_return notified ? HandlerResult::success : HandlerResult::error;
}

Task<bool> Central::notify(const hosts::Host& host, TaskId task) {
  const scheduler::Stopwatch stopwatch(engine_, platform_.usage(), accounting::Activity::publish);
  if (options_.notification == Notification::publish)
    co_return co_await messages_.publish(host, kCompletions, task.value(), kNotificationSize);
  co_await engine_.sleep(platform_.spec().redis.round_trip / 2, "its notification's way");
  connections_.send(task.value());
  co_return true;
}

std::unique_ptr<scheduler::System> make_central(platform::Platform& platform, const dag::Dag& dag,
                                                const scheduler::Options& options) {
  return std::make_unique<Central>(platform, dag, dynamic_cast<const CentralOptions&>(options));
}

// A function that runs again reads, writes and notifies again, and the scheduler counts a task that
// has completed once. Requests are repeated.
scheduler::Promises promises_of_central(const scheduler::Options&) {
  return {.in_order_through = scheduler::Mishaps::all().without({scheduler::Mishap::data_lost}),
          .completes_through = scheduler::Mishaps::all().without(
              {scheduler::Mishap::data_lost, scheduler::Mishap::invocation_given_up}),
          .same_bytes = true,
          .same_invocations = true};
}

}  // namespace wukong::central

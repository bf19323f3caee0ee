#include "scheduler/pywren/pywren_call.h"

#include <algorithm>
#include <utility>

#include "sim/base/fields.h"
#include "sim/base/object_size.h"
#include "sim/engine/span.h"
#include "sim/engine/timer.h"
#include "sim/engine/wake_sink.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/host.h"
#include "sim/platform/platform.h"
#include "sim/storage/object_store.h"

namespace wukong::pywren {

using engine::Span;
using engine::SpanKind;

namespace {

// Assumptions: a pickled function with its modules, and a call's data or a status document. On S3
// they take at most about a millisecond to transfer, beside a latency of ten and more. numpywren's
// counters know nothing of them, so they have no nominal size.
constexpr ObjectSize kFunctionSize{Bytes(100'000), Bytes(0)};
constexpr ObjectSize kSmallSize{Bytes(1'000), Bytes(0)};

constexpr size_t kKeysPerList = 1000;  // S3 returns at most so many in one LIST request

}  // namespace

void PyWrenCallOptions::visit(FieldVisitor& v) {
  v.field("threads", threads, kCount);
  v.duration("call_time_ms", call_time);
  v.duration("worker_setup_s", worker_setup);
  v.duration("child_poll_s", child_poll);
  v.optional("longest_run_s", longest_run,
             [&](Duration& longest) { v.duration("longest_run_s", longest, kPositive); });
  v.field("heads", heads, kCountOrNone);
  v.field("gets", gets, kCountOrNone);
}

std::string seconds_text(Duration time) {
  constexpr int64_t kTenth = 100'000'000;  // ns
  const int64_t tenths = (time.count_ns() + kTenth - 1) / kTenth;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

std::optional<scheduler::LimitExceeded> call_limit(const PyWrenCallOptions& options,
                                                   const std::string& what, Duration busy) {
  if (!options.longest_run || options.worker_setup + busy <= *options.longest_run)
    return std::nullopt;
  return scheduler::LimitExceeded{
      what + " needs " + seconds_text(busy) + " in one call of PyWren, which takes " +
          seconds_text(options.worker_setup) + " to start and is ended after " +
          seconds_text(*options.longest_run),
      "longest_run_s"};
}

PyWrenCalls::PyWrenCalls(platform::Platform& platform, const hosts::Host& client,
                         storage::ObjectStore& objects, size_t first_object,
                         const PyWrenCallOptions& options)
    : platform_(platform),
      engine_(platform.engine()),
      client_(client),
      objects_(objects),
      function_object_(first_object),
      data_object_(first_object + 1),
      first_status_(first_object + 2),
      options_(options),
      threads_(engine_, options.threads),
      interpreter_(engine_, 1) {}

// ---- the client

engine::Task<bool> PyWrenCalls::upload() {
  const auto data = co_await objects_.put(client_, data_object_, kSmallSize);
  const auto function = co_await objects_.put(client_, function_object_, kFunctionSize);
  const bool stored = data == storage::StoreStatus::ok && function == storage::StoreStatus::ok;
  co_return stored;
}

engine::Task<bool> PyWrenCalls::call(FunctionId function, Body body) {
  const auto thread = co_await threads_.acquire("a thread of PyWren's pool");
  {
    const auto interpreter = co_await interpreter_.acquire("Python's interpreter lock");
    const Span span(engine_, {SpanKind::work, "preparation of a call", client_.id.value()});
    co_await engine_.sleep(options_.call_time);
  }
  const auto slot = static_cast<uint32_t>(bodies_.size());
  bodies_.push_back(std::move(body));
  has_finished_.push_back(false);
  functions::Handler handler = [this, slot](functions::Environment& environment) {
    return handle(environment, slot);
  };
  const auto reply = co_await platform_.lambda().invoke_async(client_, function, kSmallSize.actual,
                                                              std::move(handler));
  co_return reply == functions::InvokeReply::accepted;
}

// A LIST request takes and costs what a HEAD does: the platform has no model of its own for it.
engine::Task<> PyWrenCalls::list_statuses(size_t calls) {
  for (size_t listed = 0; listed < calls; listed += kKeysPerList)
    co_await objects_.exists(client_, data_object_);
}

engine::Task<> PyWrenCalls::fetch_results(uint64_t first, uint64_t end) {
  ENSURE(first <= end && end <= finished_.size(), first, end);
  uint64_t next = first;
  engine::TaskGroup fetches(engine_);
  const auto threads = std::min(static_cast<uint64_t>(options_.threads), end - first);
  for (uint64_t i = 0; i < threads; ++i) fetches.spawn(fetch_some(next, end), "fetch of results");
  co_await fetches.join("its results");
}

engine::Task<> PyWrenCalls::fetch_some(uint64_t& next, uint64_t end) {
  while (next < end) {
    const uint32_t slot = finished_[next++];
    const auto status = co_await objects_.get(client_, status_of(slot));
    const auto output = co_await objects_.get(client_, output_of(slot));
    if (status != storage::StoreStatus::ok || output != storage::StoreStatus::ok)
      lost_results_ = true;
  }
}

std::string PyWrenCalls::failed_text() const {
  std::string text =
      std::to_string(failed_) + (failed_ == 1 ? " call" : " calls") + " ended with an error";
  if (cut_short_ == 0) return text;
  return text + "; " + std::to_string(cut_short_) + (cut_short_ == 1 ? " was" : " were") +
         " ended by PyWren after " + seconds_text(*options_.longest_run) +
         "; a larger longest_run_s would help";
}

// ---- the function

// PyWren's handler starts a child process, and looks for its end every `child_poll`; the whole of
// that is billed. It writes a status whether the child succeeded or not.
engine::Task<functions::HandlerResult> PyWrenCalls::handle(functions::Environment& environment,
                                                           uint32_t slot) {
  const hosts::Host& host = environment.host;
  for (int64_t i = 0; i < options_.heads; ++i) co_await objects_.exists(host, data_object_);

  const Time child_started = engine_.now();
  const bool succeeded = co_await run_child(environment, slot);
  const auto output = co_await objects_.put(host, output_of(slot), kSmallSize);
  if (output != storage::StoreStatus::ok) {
    environment.failure = "its output could not be stored";
    co_return functions::HandlerResult::error;
  }
  const Duration ran = engine_.now() - child_started;
  if (options_.child_poll > Duration::zero()) {
    const Duration since_look = ran % options_.child_poll;
    const Span span(engine_, {SpanKind::wait, "next look at its child", host.id.value()});
    co_await engine_.sleep(options_.child_poll - since_look, "its next look at its child");
  }
  const auto status = co_await objects_.put(host, status_of(slot), kSmallSize);
  if (status != storage::StoreStatus::ok) {
    environment.failure = "its status could not be stored";
    co_return functions::HandlerResult::error;
  }
  if (has_finished_[slot]) co_return functions::HandlerResult::success;
  has_finished_[slot] = true;
  finished_.push_back(slot);
  engine_.tell_fact(engine::FactUse::left, this);
  if (!succeeded) ++failed_;
  co_return functions::HandlerResult::success;
}

// Until it ends, or has run too long.
engine::Task<bool> PyWrenCalls::run_child(functions::Environment& environment, uint32_t slot) {
  ChildProcess child{engine::Event(engine_)};
  engine::Timer limit(
      engine_, [](void* ended) { static_cast<engine::Event*>(ended)->set(); }, &child.ended);
  if (options_.longest_run) limit.arm(engine_.now() + *options_.longest_run);
  engine::TaskGroup children(engine_);
  children.spawn(run_to_end(environment, slot, child), "child process");
  co_await child.ended.wait("its child process");
  if (!child.returned) ++cut_short_;
  co_return child.succeeded;
}

engine::Task<> PyWrenCalls::run_to_end(functions::Environment& environment, uint32_t slot,
                                       ChildProcess& child) {
  child.succeeded = co_await run_function(environment, slot);
  child.returned = true;
  child.ended.set();
}

engine::Task<bool> PyWrenCalls::run_function(functions::Environment& environment, uint32_t slot) {
  {
    const Span span(engine_, {SpanKind::work, "start of its child", environment.host.id.value()});
    co_await engine_.sleep(options_.worker_setup, "the start of its child process");
  }
  for (int64_t i = 0; i < options_.gets; ++i) {
    const ObjectId object = i % 2 == 0 ? function_object_ : data_object_;
    const auto got = co_await objects_.get(environment.host, object);
    if (got != storage::StoreStatus::ok) co_return false;
  }
  co_return co_await bodies_[slot](environment);
}

}  // namespace wukong::pywren

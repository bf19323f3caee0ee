#include "scheduler/numpywren/blocks.h"

#include "scheduler/policy/retry.h"
#include "scheduler/policy/stopwatch.h"
#include "sim/engine/span.h"
#include "sim/engine/timer.h"
#include "sim/storage/store_servers.h"

namespace wukong::numpywren {

using accounting::Activity;
using engine::Span;
using engine::SpanKind;
using engine::Task;
using storage::StoreStatus;

NumpywrenBlocks::~NumpywrenBlocks() {
  for (const Pool& pool : pools_) servers_.disconnect(pool.to, pool.connections);
}

bool NumpywrenBlocks::connect() {
  const int64_t connections = options_.connections_per_worker;
  if (connections == 0) return true;
  constexpr ObjectId kFirstServer(0);
  return open_pool(kFirstServer, connections);
}

// Who is turned away has failed.
bool NumpywrenBlocks::open_pool(ObjectId object, int64_t connections) {
  if (!servers_.connect(object, connections)) {
    ++platform_.usage().turned_away;
    ++platform_.usage().given_up;
    return false;
  }
  pools_.push_back({object, connections});
  return true;
}

Task<bool> NumpywrenBlocks::read_inputs(TaskId task) {
  for (const ObjectId object : dag_.inputs(task)) {
    Reply reply = co_await repeated(Request::exists, object);
    if (reply == Reply::ok) reply = co_await repeated(Request::get, object);
    if (reply == Reply::refused || reply == Reply::timed_out) co_return false;
    if (reply == Reply::missing) {
      // The original computes with zeros, and ends with a wrong result.
      if (!dag_.absent(object))
        control_.fail(dag_.name(object) + " is lost: numpywren takes it for zeros");
      platform_.usage().nominal_read += dag_.size(object).nominal;
    }
    co_await control_.round_trips(host_, 1);  // read counter
  }
  co_return true;
}

Task<bool> NumpywrenBlocks::write_outputs(TaskId task) {
  for (const ObjectId object : dag_.outputs(task)) {
    const Bytes size = dag_.size(object).actual;
    {
      const Span span(engine_, {SpanKind::work, "scan for zeros", host_.id.value()});
      co_await engine_.sleep(transfer_time(size, options_.zero_scan), "its scan for zeros");
    }
    const Reply reply = co_await repeated(Request::put, object);
    if (reply != Reply::ok) co_return false;
    co_await control_.round_trips(host_, 1);  // write counter
  }
  co_return true;
}

// Only time-outs are tried again (and errors of S3, which it reports as such).
Task<NumpywrenBlocks::Reply> NumpywrenBlocks::repeated(Request request, ObjectId object) {
  const auto once = [this, request, object] { return within_limit(request, object); };
  const auto timed_out = [](Reply reply) { return reply == Reply::timed_out; };
  co_return co_await scheduler::with_retries(platform_, host_, options_.storage_retry, once,
                                             timed_out);
}

// A client that gives up leaves its connection open, so what it has asked for still comes: the
// server's thread and the worker's network are as busy as before.
Task<NumpywrenBlocks::Reply> NumpywrenBlocks::within_limit(Request request, ObjectId object) {
  const scheduler::Stopwatch stopwatch(engine_, platform_.usage(), Activity::storage_io);
  Attempt& made = requests_.emplace_back(engine_);
  engine::Timer limit(
      engine_, [](void* ended) { static_cast<engine::Event*>(ended)->set(); }, &made.ended);
  limit.arm(engine_.now() + options_.request_time_limit);
  attempts_.spawn(attempt(request, object, made), "request");
  co_await made.ended.wait("its request");
  co_return made.reply.value_or(Reply::timed_out);
}

Task<> NumpywrenBlocks::attempt(Request request, ObjectId object, Attempt& made) {
  const bool connected = co_await open_client(object);
  StoreStatus status = StoreStatus::unavailable;
  if (connected && request == Request::exists) status = co_await store_.exists(host_, object);
  if (connected && request == Request::get) status = co_await store_.get(host_, object);
  if (connected && request == Request::put)
    status = co_await store_.put(host_, object, dag_.size(object));
  Reply reply = Reply::timed_out;
  if (status == StoreStatus::ok) reply = Reply::ok;
  if (status == StoreStatus::missing) reply = Reply::missing;
  if (!connected || status == StoreStatus::full) reply = Reply::refused;
  made.reply = reply;
  made.ended.set();
}

// Every request makes its own client. On Redis that is a pool of connections that nobody closes:
// the server turns clients away when there are too many of them.
Task<bool> NumpywrenBlocks::open_client(ObjectId object) {
  const bool is_redis = options_.store.kind == storage::StoreKind::redis;
  {
    const Span span(engine_, {SpanKind::work, "new client", host_.id.value()});
    co_await engine_.sleep(is_redis ? options_.pool_time : options_.client_time, "a new client");
  }
  if (!is_redis) co_return true;
  co_return open_pool(object, options_.connections_per_pool);
}

}  // namespace wukong::numpywren

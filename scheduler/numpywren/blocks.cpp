#include "scheduler/numpywren/blocks.h"

#include "scheduler/policy/retry.h"
#include "scheduler/policy/stopwatch.h"
#include "sim/engine/span.h"
#include "sim/storage/store_servers.h"

namespace wukong::numpywren {

using accounting::Activity;
using engine::Span;
using engine::SpanKind;
using engine::Task;
using storage::StoreStatus;

namespace {

bool is_unavailable(StoreStatus status) { return status == StoreStatus::unavailable; }

}  // namespace

NumpywrenBlocks::~NumpywrenBlocks() {
  for (const Pool& pool : pools_) servers_.disconnect(pool.to, pool.connections);
}

Task<bool> NumpywrenBlocks::connect() {
  const auto attempt = [this] { return try_to_connect(); };
  const auto turned_away = [](bool connected) { return !connected; };
  co_return co_await scheduler::with_retries(platform_, host_, options_.storage_retry, attempt,
                                             turned_away);
}

Task<bool> NumpywrenBlocks::try_to_connect() {
  const int64_t connections = options_.connections_per_worker;
  if (connections == 0) co_return true;
  constexpr ObjectId kFirstServer(0);
  co_return open_pool(kFirstServer, connections);
}

// Who is turned away comes again, without end; it is a request that has failed all the same.
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
    const auto read = [this, object] { return read_block(object); };
    const auto found = co_await scheduler::with_retries(platform_, host_, options_.storage_retry,
                                                        read, is_unavailable);
    if (is_unavailable(found)) co_return false;
    if (found == StoreStatus::missing) {
      // The original computes with zeros, and ends with a wrong result.
      if (!dag_.absent(object))
        control_.fail(dag_.name(object) + " is lost: numpywren takes it for zeros");
      platform_.usage().nominal_read += dag_.size(object).nominal;
    }
    co_await control_.round_trips(host_, 1);  // read counter
  }
  co_return true;
}

Task<StoreStatus> NumpywrenBlocks::read_block(ObjectId object) {
  const scheduler::Stopwatch stopwatch(engine_, platform_.usage(), Activity::storage_io);
  const bool connected = co_await open_client(object);
  if (!connected) co_return StoreStatus::unavailable;
  const auto found = co_await store_.exists(host_, object);
  if (found != StoreStatus::ok) co_return found;
  co_return co_await store_.get(host_, object);
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
  co_return open_pool(object, options_.connections_per_request);
}

Task<bool> NumpywrenBlocks::write_outputs(TaskId task) {
  for (const ObjectId object : dag_.outputs(task)) {
    const Bytes size = dag_.size(object).actual;
    {
      const Span span(engine_, {SpanKind::work, "scan for zeros", host_.id.value()});
      co_await engine_.sleep(transfer_time(size, options_.zero_scan), "its scan for zeros");
    }
    const auto put = [this, object] { return write_block(object); };
    const auto written = co_await scheduler::with_retries(platform_, host_, options_.storage_retry,
                                                          put, is_unavailable);
    if (written != StoreStatus::ok) co_return false;
    co_await control_.round_trips(host_, 1);  // write counter
  }
  co_return true;
}

Task<StoreStatus> NumpywrenBlocks::write_block(ObjectId object) {
  const scheduler::Stopwatch stopwatch(engine_, platform_.usage(), Activity::storage_io);
  const bool connected = co_await open_client(object);
  if (!connected) co_return StoreStatus::unavailable;
  co_return co_await store_.put(host_, object, dag_.size(object));
}

}  // namespace wukong::numpywren

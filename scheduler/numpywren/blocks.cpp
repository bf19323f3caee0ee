// How a numpywren worker reads and writes blocks.
#include "scheduler/numpywren/worker.h"
#include "scheduler/stopwatch.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {

using sim::Activity;
using sim::Span;
using sim::SpanKind;
using sim::StoreStatus;
using sim::Task;

namespace {

bool is_unavailable(StoreStatus status) { return status == StoreStatus::unavailable; }

}  // namespace

// One input after another: is it there, then get it. What is not there is zeros, but counts as
// read.
Task<bool> Numpywren::read_inputs(Worker& worker, TaskId task) {
  for (const ObjectId object : dag_.inputs(task)) {
    const auto read = [this, &worker, object] { return read_block(worker, object); };
    const auto found =
        co_await with_retries(platform_, worker.host, options_.storage_retry, read, is_unavailable);
    if (is_unavailable(found)) co_return false;
    if (found == StoreStatus::missing) {
      // The original computes with zeros, and ends with a wrong result.
      if (!dag_.absent(object))
        failure_ = dag_.name(object) + " is lost: numpywren takes it for zeros";
      platform_.usage().nominal_read += dag_.size(object).nominal;
    }
    co_await round_trips(worker.host, 1);  // read counter
  }
  co_return true;
}

Task<StoreStatus> Numpywren::read_block(Worker& worker, ObjectId object) {
  const Stopwatch stopwatch(engine_, platform_.usage(), Activity::storage_io);
  const bool connected = co_await open_client(worker, object);
  if (!connected) co_return StoreStatus::unavailable;
  const auto found = co_await store_.exists(worker.host, object);
  if (found != StoreStatus::ok) co_return found;
  co_return co_await store_.get(worker.host, object);
}

// Every request makes its own client. On Redis that is a pool of connections that nobody closes:
// the server turns clients away when there are too many of them.
Task<bool> Numpywren::open_client(Worker& worker, ObjectId object) {
  const bool is_redis = options_.store.kind == sim::StoreKind::redis;
  {
    const Span span(engine_, {SpanKind::work, "new client", worker.host.id.value()});
    co_await engine_.sleep(is_redis ? options_.pool_time : options_.client_time, "a new client");
  }
  if (!is_redis) co_return true;
  const int64_t connections = options_.connections_per_request;
  if (!servers_.connect(object, connections)) co_return false;
  worker.pools.push_back({object, connections});
  co_return true;
}

Task<bool> Numpywren::write_outputs(Worker& worker, TaskId task) {
  for (const ObjectId object : dag_.outputs(task)) {
    const Bytes size = dag_.size(object).actual;
    {
      const Span span(engine_, {SpanKind::work, "scan for zeros", worker.host.id.value()});
      co_await engine_.sleep(transfer_time(size, options_.zero_scan), "its scan for zeros");
    }
    const auto put = [this, &worker, object] { return write_block(worker, object); };
    const auto written =
        co_await with_retries(platform_, worker.host, options_.storage_retry, put, is_unavailable);
    if (written != StoreStatus::ok) co_return false;
    co_await round_trips(worker.host, 1);  // write counter
  }
  co_return true;
}

Task<StoreStatus> Numpywren::write_block(Worker& worker, ObjectId object) {
  const Stopwatch stopwatch(engine_, platform_.usage(), Activity::storage_io);
  const bool connected = co_await open_client(worker, object);
  if (!connected) co_return StoreStatus::unavailable;
  co_return co_await store_.put(worker.host, object, dag_.size(object));
}

}  // namespace wukong::scheduler

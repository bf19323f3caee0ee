// What an executor of Wukong does with objects: it stores and fetches them, and keeps those that it
// will need in memory.
#include <algorithm>

#include "scheduler/stopwatch.h"
#include "scheduler/wukong/executor.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {

using sim::Activity;
using sim::StoreStatus;
using sim::Task;

Task<bool> WukongExecutor::store_outputs(TaskId task) {
  for (const ObjectId object : dag_.outputs(task)) {
    const bool stored = co_await store(object);
    if (!stored) co_return false;
  }
  co_return true;
}

Task<bool> WukongExecutor::store(ObjectId object) {
  const ObjectCache::Entry* entry = cache_.find(object);
  if (entry == nullptr || entry->stored) co_return true;  // an object leaves the cache only stored
  const Stopwatch stopwatch(engine_, usage_, Activity::storage_io);
  co_await connect(object);
  co_await copy(entry->size);
  const auto put = [this, object] { return wukong_.store_.put(host_, object, dag_.size(object)); };
  const auto failed = [](StoreStatus status) { return status == StoreStatus::unavailable; };
  const auto status =
      co_await with_retries(wukong_.platform_, host_, options_.storage_retry, put, failed);
  if (status != StoreStatus::ok) co_return false;
  cache_.mark_stored(object);
  co_return true;
}

Task<bool> WukongExecutor::fetch(ObjectId object) {
  {
    const Stopwatch stopwatch(engine_, usage_, Activity::storage_io);
    co_await connect(object);
    const auto get = [this, object] { return wukong_.store_.get(host_, object); };
    const auto failed = [](StoreStatus status) { return status != StoreStatus::ok; };
    const auto status =
        co_await with_retries(wukong_.platform_, host_, options_.storage_retry, get, failed);
    if (status != StoreStatus::ok) co_return false;
    co_await copy(dag_.size(object).actual);
  }
  cache_.add(object, dag_.size(object).actual, /*stored=*/true);
  co_return true;
}

// One Redis is one connection, 75 nodes are up to 75.
Task<> WukongExecutor::connect(ObjectId object) {
  const size_t server = wukong_.servers_.server_of(object);
  if (std::find(connected_.begin(), connected_.end(), server) != connected_.end()) co_return;
  connected_.push_back(server);
  co_await wukong_.servers_.handshake(host_, object, options_.connection_round_trips);
}

// The function's memory is the limit. First what is only held for delayed I/O goes, then whatever
// the running task does not read is written out; its consumers here will fetch it again.
Task<bool> WukongExecutor::make_room(Bytes bytes, TaskId running) {
  const auto too_little = [&] { return cache_.held() + bytes > host_.memory; };
  if (!too_little()) co_return true;
  drop_unneeded();
  if (too_little() && !delayed_.empty()) {
    const bool gave_up = co_await give_up_delayed();
    if (!gave_up) co_return false;
    drop_unneeded();
  }
  const auto inputs = dag_.inputs(running);
  std::vector<ObjectId> idle;
  for (const auto& entry : cache_.entries())
    if (std::find(inputs.begin(), inputs.end(), entry.object) == inputs.end())
      idle.push_back(entry.object);
  for (const ObjectId object : idle) {
    if (!too_little()) co_return true;
    const bool stored = co_await store(object);
    if (!stored) co_return false;
    drop_if([&](const ObjectCache::Entry& entry) { return entry.object == object; });
  }
  co_return true;
}

// Look-ahead eviction: an object stays only while a task that will run here reads it.
void WukongExecutor::drop_unneeded() {
  if (cache_.entries().empty()) return;
  drop_if([this](const ObjectCache::Entry& entry) { return !needed(entry.object); });
}

bool WukongExecutor::needed(ObjectId object) const {
  if (ready_.empty() && delayed_.empty()) return false;
  const auto consumers = dag_.consumers(object);
  const auto reads = [&](TaskId task) {
    return std::find(consumers.begin(), consumers.end(), task) != consumers.end();
  };
  for (const TaskId task : ready_)
    if (reads(task)) return true;
  for (const Delayed& entry : delayed_)
    if (reads(entry.target)) return true;
  return false;
}

Task<> WukongExecutor::copy(Bytes bytes) {
  sim::Span span(engine_, {sim::SpanKind::work, "copy", host_.id.value()});
  span.note("bytes", bytes.count());
  co_await engine_.sleep(transfer_time(bytes, options_.serialize_bandwidth));
}

}  // namespace wukong::scheduler

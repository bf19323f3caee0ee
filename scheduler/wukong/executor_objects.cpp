#include "scheduler/wukong/executor_objects.h"

#include <algorithm>

#include "scheduler/policy/retry.h"
#include "scheduler/policy/stopwatch.h"
#include "scheduler/wukong/invocation.h"
#include "sim/engine/span.h"
#include "sim/engine/steps.h"
#include "sim/functions/environment.h"
#include "sim/hosts/values.h"
#include "sim/storage/object_store.h"

namespace wukong::wukong_policy {

using accounting::Activity;
using engine::Task;
using storage::StoreStatus;

ExecutorObjects::ExecutorObjects(const WukongContext& context,
                                 const functions::Environment& environment)
    : context_(context), environment_(environment), host_(environment.host) {}

// ---- what is in memory

void ExecutorObjects::receive(TaskId inlined, TaskId start) {
  for (const ObjectId object : carried_objects(context_.dag, inlined, start)) {
    context_.platform.values().receive(host_, object);
    add(object, /*stored=*/false);
  }
}

void ExecutorObjects::add_outputs(TaskId task) {
  for (const ObjectId object : context_.dag.outputs(task)) add(object, /*stored=*/false);
}

void ExecutorObjects::add(ObjectId object, bool stored) {
  Entry& entry = entries_[object];
  if (entry.in_memory) return;
  entry.size = context_.dag.size(object).actual;
  entry.arrival = arrivals_++;
  entry.in_memory = true;
  entry.stored = stored;
  held_ += entry.size;
  if (entry.readers == 0) unread_.push_back(object);
}

void ExecutorObjects::drop(Entries::iterator entry) {
  held_ -= entry->second.size;
  context_.platform.values().drop(host_, entry->first);
  entry->second.in_memory = false;
  if (entry->second.readers == 0) entries_.erase(entry);
}

bool ExecutorObjects::holds(ObjectId object) const {
  const auto entry = entries_.find(object);
  return entry != entries_.end() && entry->second.in_memory;
}

Bytes ExecutorObjects::missing_inputs(TaskId task) const {
  Bytes missing;
  engine::count_steps(context_.dag.inputs(task).size());
  for (const ObjectId object : context_.dag.inputs(task))
    if (!holds(object)) missing += context_.dag.size(object).actual;
  return missing;
}

void ExecutorObjects::expect_reader(TaskId task) {
  if (++expected_[task] > 1) return;
  engine::count_steps(context_.dag.inputs(task).size());
  for (const ObjectId object : context_.dag.inputs(task)) ++entries_[object].readers;
}

void ExecutorObjects::forget_reader(TaskId task) {
  const auto expected = expected_.find(task);
  ENSURE(expected != expected_.end(), task.value());
  if (--expected->second > 0) return;
  expected_.erase(expected);
  for (const ObjectId object : context_.dag.inputs(task)) {
    const auto entry = entries_.find(object);
    ENSURE(entry != entries_.end() && entry->second.readers > 0, task.value(), object.value());
    if (--entry->second.readers > 0) continue;
    if (entry->second.in_memory)
      unread_.push_back(object);
    else
      entries_.erase(entry);
  }
}

void ExecutorObjects::drop_unread() {
  for (const ObjectId object : unread_) {
    const auto entry = entries_.find(object);
    if (entry != entries_.end() && entry->second.in_memory && entry->second.readers == 0)
      drop(entry);
  }
  unread_.clear();
}

// ---- the store

// A fan-out stores them again and again: for each target that they are sent to.
Task<bool> ExecutorObjects::store_outputs(TaskId task) {
  if (task == all_stored_) co_return true;
  for (const ObjectId object : context_.dag.outputs(task)) {
    const bool stored = co_await store(object);
    if (!stored) co_return false;
  }
  all_stored_ = task;
  co_return true;
}

Task<bool> ExecutorObjects::store(ObjectId object) {
  const auto entry = entries_.find(object);
  const bool here = entry != entries_.end() && entry->second.in_memory;
  // What is not in memory any more was stored before, or nobody will read it.
  if (!here || entry->second.stored) co_return true;
  {
    const scheduler::Stopwatch stopwatch(context_.engine, context_.platform.usage(),
                                         Activity::storage_io);
    co_await context_.connections->open(environment_, object);
  }
  co_return co_await put(context_.store, entry->second, object);
}

Task<bool> ExecutorObjects::put(storage::ObjectStore& store, Entry& entry, ObjectId object) {
  const scheduler::Stopwatch stopwatch(context_.engine, context_.platform.usage(),
                                       Activity::storage_io);
  const auto put = [this, &store, object] {
    return store.put(host_, object, context_.dag.size(object));
  };
  const auto failed = [](StoreStatus status) { return status == StoreStatus::unavailable; };
  const auto status = co_await scheduler::with_retries(context_.platform, host_,
                                                       context_.options.storage_retry, put, failed);
  if (status != StoreStatus::ok) co_return false;
  entry.stored = true;
  co_return true;
}

Task<bool> ExecutorObjects::confirm_outputs(TaskId task) {
  const scheduler::Stopwatch stopwatch(context_.engine, context_.platform.usage(),
                                       Activity::storage_io);
  for (const ObjectId object : context_.dag.outputs(task)) {
    const auto look = [this, object] { return context_.store.exists(host_, object); };
    const auto failed = [](StoreStatus status) { return status == StoreStatus::unavailable; };
    const auto status = co_await scheduler::with_retries(
        context_.platform, host_, context_.options.storage_retry, look, failed);
    if (status == StoreStatus::ok) continue;
    const auto entry = entries_.find(object);
    if (status != StoreStatus::missing || entry == entries_.end()) co_return false;
    const bool stored = co_await put(context_.store, entry->second, object);
    if (!stored) co_return false;
  }
  co_return true;
}

Task<bool> ExecutorObjects::store_result(TaskId task) {
  for (const ObjectId object : context_.dag.outputs(task)) {
    const auto entry = entries_.find(object);
    ENSURE(entry != entries_.end() && entry->second.in_memory, task.value(), object.value());
    const bool stored = co_await put(context_.results, entry->second, object);
    if (!stored) co_return false;
  }
  co_return true;
}

Task<bool> ExecutorObjects::fetch(ObjectId object) {
  {
    const scheduler::Stopwatch stopwatch(context_.engine, context_.platform.usage(),
                                         Activity::storage_io);
    co_await context_.connections->open(environment_, object);
    const auto get = [this, object] { return context_.store.get(host_, object); };
    const auto failed = [](StoreStatus status) { return status != StoreStatus::ok; };
    const auto status = co_await scheduler::with_retries(
        context_.platform, host_, context_.options.storage_retry, get, failed);
    if (status != StoreStatus::ok) co_return false;
  }
  add(object, /*stored=*/true);
  co_return true;
}

Task<bool> ExecutorObjects::store_idle(Bytes bytes, TaskId running) {
  std::vector<std::pair<uint64_t, ObjectId>> idle;
  for (const auto& [object, entry] : entries_) {
    const auto readers = context_.dag.consumers(object);
    const bool is_input = std::binary_search(readers.begin(), readers.end(), running);
    if (entry.in_memory && !is_input) idle.emplace_back(entry.arrival, object);
  }
  std::sort(idle.begin(), idle.end());
  for (const auto& [arrival, object] : idle) {
    if (have_room(bytes)) co_return true;
    const bool stored = co_await store(object);
    if (!stored) co_return false;
    drop(entries_.find(object));
  }
  co_return true;
}

Task<> ExecutorObjects::copy(Bytes bytes) const {
  engine::Span span(context_.engine, {engine::SpanKind::work, "copy", host_.id.value()});
  span.note("bytes", bytes.count());
  co_await context_.engine.sleep(transfer_time(bytes, context_.options.serialize_bandwidth));
}

}  // namespace wukong::wukong_policy

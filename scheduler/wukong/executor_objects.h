// An executor's memory, and its side of the object store: the objects that it holds, for which of
// the tasks that will run here, and whether a copy is stored. Every operation takes logarithmic
// time, however many objects there are.
#pragma once

#include <map>
#include <vector>

#include "scheduler/wukong/context.h"
#include "sim/hosts/host.h"

namespace wukong::functions {
struct Environment;
}  // namespace wukong::functions

namespace wukong::wukong_policy {

class ExecutorObjects {
 public:
  ExecutorObjects(const WukongContext& context, const functions::Environment& environment);

  // ---- what is in memory

  // Outputs of `inlined` that came in the payload of an executor that starts at `start`.
  void receive(TaskId inlined, TaskId start);
  // A task has run here and left its outputs.
  void add_outputs(TaskId task);
  bool holds(ObjectId object) const;
  Bytes missing_inputs(TaskId task) const;
  bool have_room(Bytes bytes) const { return held_ + bytes <= host_.memory; }

  // A task will run here, or no longer will: what such tasks read stays.
  void expect_reader(TaskId task);
  void forget_reader(TaskId task);
  // Look-ahead eviction: an object stays only while a task that will run here reads it.
  void drop_unread();

  // ---- the store; false if it fails beyond all retries

  engine::Task<bool> store_outputs(TaskId task);
  // Looks whether they are there, and stores them again if they are not.
  engine::Task<bool> confirm_outputs(TaskId task);
  // A result goes to the metadata store's Redis.
  engine::Task<bool> store_result(TaskId task);
  engine::Task<bool> fetch(ObjectId object);
  // Until there is room for so many bytes, stores and drops what the running task does not read,
  // oldest first. Its readers will fetch it again.
  engine::Task<bool> store_idle(Bytes bytes, TaskId running);

  // The time of pickling a value that goes to no store.
  engine::Task<> copy(Bytes bytes) const;

 private:
  struct Entry {
    Bytes size;
    uint64_t arrival = 0;  // in which order they came
    uint32_t readers = 0;  // inputs of tasks that will run here
    bool in_memory = false;
    bool stored = false;  // a copy is in the object store, so it can be dropped and fetched again
  };
  using Entries = std::map<ObjectId, Entry>;

  void add(ObjectId object, bool stored);
  void drop(Entries::iterator entry);
  engine::Task<bool> store(ObjectId object);
  engine::Task<bool> put(storage::ObjectStore& store, Entry& entry, ObjectId object);

  const WukongContext& context_;
  const functions::Environment& environment_;
  const hosts::Host& host_;
  // How often a task will run here or is held: it may be both, or held for each of its producers.
  std::map<TaskId, uint32_t> expected_;
  Entries entries_;               // of objects that are here, or will be read here
  std::vector<ObjectId> unread_;  // that have or had no reader left; some may be gone
  Bytes held_;
  uint64_t arrivals_ = 0;
  TaskId all_stored_;  // whose outputs were stored last
};

}  // namespace wukong::wukong_policy

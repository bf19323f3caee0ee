// Where the bytes of objects are kept: in this process, or in Redis servers. What an EmulatedStore
// moves its bytes with. For the loop's thread; all but preload() may take time.
#pragma once

#include <optional>

#include "sim/engine/task.h"
#include "sim/platform/ids.h"
#include "sim/platform/object_store.h"
#include "workloads/kernels/value.h"

namespace wukong::runtime {

struct ReadReply {
  sim::StoreStatus status = sim::StoreStatus::ok;
  workloads::Value value;  // if ok
};

class ByteStore {
 public:
  virtual ~ByteStore() = default;

  // Whether values of that size wait for each other. Then the store measures by itself how long
  // each one takes.
  virtual bool queues(Bytes) const { return false; }
  // Before the run; blocks.
  virtual void preload(ObjectId object, const workloads::Value& value) = 0;
  virtual sim::Task<sim::StoreStatus> write(ObjectId object, workloads::Value value) = 0;
  virtual sim::Task<ReadReply> read(ObjectId object) = 0;
  // Whether the object is there: ok or missing; or unavailable.
  virtual sim::Task<sim::StoreStatus> exists(ObjectId object) = 0;
};

}  // namespace wukong::runtime

// Where the bytes of objects are kept: in this process, or in Redis servers. What an EmulatedStore
// moves its bytes with. For the loop's thread; all but preload() may take time.
#pragma once

#include <optional>

#include "sim/base/ids.h"
#include "sim/engine/task.h"
#include "sim/storage/object_store.h"
#include "workloads/kernels/value.h"

namespace wukong::stores {

struct ReadReply {
  storage::StoreStatus status = storage::StoreStatus::ok;
  kernels::Value value;  // if ok
};

class ByteStore {
 public:
  virtual ~ByteStore() = default;

  // Whether values of that size wait for each other. Then the store measures by itself how long
  // each one takes.
  virtual bool queues(Bytes) const { return false; }
  // Before the run; blocks.
  virtual void preload(ObjectId object, const kernels::Value& value) = 0;
  virtual engine::Task<storage::StoreStatus> write(ObjectId object, kernels::Value value) = 0;
  virtual engine::Task<ReadReply> read(ObjectId object) = 0;
  // Whether the object is there: ok or missing; or unavailable.
  virtual engine::Task<storage::StoreStatus> exists(ObjectId object) = 0;
};

}  // namespace wukong::stores

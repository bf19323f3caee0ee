// Bytes in this process. A write and a read each copy a value, as a store over a network would: a
// small one at once, a larger one on a thread of its own, so that the loop goes on meanwhile.
#pragma once

#include <vector>

#include "runtime/byte_store.h"
#include "runtime/fiber_pool.h"
#include "runtime/measurements.h"
#include "runtime/wall_clock.h"
#include "sim/engine/engine.h"

namespace wukong::runtime {

class InProcessBytes final : public ByteStore {
 public:
  // A copy of this size takes about as long (some microseconds) as handing it to another thread and
  // being told of its end (docs/emulator.md).
  static constexpr Bytes kCopiedAtOnce = Bytes::kibi(64);

  // All outlive it.
  InProcessBytes(sim::Engine& engine, WallClock& clock, FiberPool& copiers,
                 Measurements& measurements)
      : engine_(engine), clock_(clock), copiers_(copiers), measurements_(measurements) {}
  ~InProcessBytes() override;

  bool queues(Bytes size) const override { return size > kCopiedAtOnce; }

  void preload(ObjectId object, const workloads::Value& value) override;
  sim::Task<sim::StoreStatus> write(ObjectId object, workloads::Value value) override;
  sim::Task<ReadReply> read(ObjectId object) override;
  sim::Task<sim::StoreStatus> exists(ObjectId object) override;

 private:
  sim::Task<workloads::Value> copy(workloads::Value value);
  Container& copier();
  bool holds(ObjectId object) const {
    return object.index() < values_.size() && values_[object.index()].has_value();
  }
  void insert(ObjectId object, workloads::Value value);

  sim::Engine& engine_;
  WallClock& clock_;
  FiberPool& copiers_;
  Measurements& measurements_;
  std::vector<Container*> containers_;
  std::vector<std::optional<workloads::Value>> values_;
};

}  // namespace wukong::runtime

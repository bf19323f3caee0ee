// Bytes in this process. A write and a read each copy a value, as a store over a network would: a
// small one at once, a larger one on a thread of its own, so that the loop goes on meanwhile.
#pragma once

#include <vector>

#include "runtime/containers/fiber_pool.h"
#include "runtime/loop/measurements.h"
#include "runtime/loop/wall_clock.h"
#include "runtime/stores/byte_store.h"
#include "sim/engine/engine.h"

namespace wukong::stores {

class InProcessBytes final : public ByteStore {
 public:
  // A copy of this size takes about as long (some microseconds) as handing it to another thread and
  // being told of its end (docs/emulator.md).
  static constexpr Bytes kCopiedAtOnce = Bytes::kibi(64);

  // All outlive it.
  InProcessBytes(engine::Engine& engine, loop::WallClock& clock, containers::FiberPool& copiers,
                 loop::Measurements& measurements)
      : engine_(engine), clock_(clock), copiers_(copiers), measurements_(measurements) {}
  ~InProcessBytes() override;

  bool queues(Bytes size) const override { return size > kCopiedAtOnce; }

  void preload(ObjectId object, const kernels::Value& value) override;
  engine::Task<storage::StoreStatus> write(ObjectId object, kernels::Value value) override;
  engine::Task<ReadReply> read(ObjectId object) override;
  engine::Task<storage::StoreStatus> exists(ObjectId object) override;

 private:
  engine::Task<kernels::Value> copy(kernels::Value value);
  containers::Container& copier();
  bool holds(ObjectId object) const {
    return object.index() < values_.size() && values_[object.index()].has_value();
  }
  void insert(ObjectId object, kernels::Value value);

  engine::Engine& engine_;
  loop::WallClock& clock_;
  containers::FiberPool& copiers_;
  loop::Measurements& measurements_;
  std::vector<containers::Container*> containers_;
  std::vector<std::optional<kernels::Value>> values_;
};

}  // namespace wukong::stores

// An object store of real bytes. A host's memory is where a put takes the value from and a get
// leaves it. Each request is made of another store first, which keeps the books and takes the
// modelled time, if there is any (UntimedStore takes none); then the bytes move.
//
// Objects beyond those of the DAG are a system's own documents (a pickled function, a status): any
// bytes of that size.
#pragma once

#include <memory>

#include "runtime/containers/host_memory.h"
#include "runtime/loop/measurements.h"
#include "runtime/stores/byte_store.h"
#include "sim/engine/engine.h"
#include "sim/storage/object_store.h"
#include "sim/storage/object_table.h"
#include "workloads/dag/dag.h"

namespace wukong::stores {

class EmulatedStore final : public storage::ObjectStore {
 public:
  struct Parts {
    engine::Engine& engine;
    containers::HostMemory& memory;
    const dag::Dag& dag;
    const computations::Computation& computation;
    loop::Measurements& measurements;
  };
  EmulatedStore(const Parts& parts, std::unique_ptr<ByteStore> bytes,
                std::unique_ptr<storage::ObjectStore> requests);

  void preload(ObjectId object, ObjectSize size) override;
  engine::Task<storage::StoreStatus> put(const hosts::Host& from, ObjectId object,
                                         ObjectSize declared) override;
  engine::Task<storage::StoreStatus> get(const hosts::Host& to, ObjectId object) override;
  engine::Task<storage::StoreStatus> exists(const hosts::Host& from, ObjectId object) override;
  bool holds(ObjectId object) const override { return objects_.holds(object); }

  // The bytes as they lie in the store, for the results of a run.
  engine::Task<ReadReply> read(ObjectId object) { return bytes_->read(object); }

 private:
  kernels::Value value_of(const hosts::Host& from, ObjectId object, ObjectSize size) const;
  ObjectSize real_size(ObjectId object, const kernels::Value& value, ObjectSize declared);

  Parts parts_;
  std::unique_ptr<ByteStore> bytes_;
  std::unique_ptr<storage::ObjectStore> requests_;
  storage::ObjectTable objects_;  // whose bytes have been written
};

}  // namespace wukong::stores

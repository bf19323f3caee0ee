// An object store of real bytes. A host's memory is where a put takes the value from and a get
// leaves it. Each request is made of another store first, which keeps the books and takes the
// modelled time, if there is any (UntimedStore takes none); then the bytes move.
//
// Objects beyond those of the DAG are a system's own documents (a pickled function, a status): any
// bytes of that size.
#pragma once

#include <memory>

#include "runtime/byte_store.h"
#include "runtime/host_memory.h"
#include "runtime/measurements.h"
#include "sim/engine/engine.h"
#include "sim/platform/object_store.h"
#include "sim/platform/object_table.h"
#include "workloads/dag.h"

namespace wukong::runtime {

class EmulatedStore final : public sim::ObjectStore {
 public:
  struct Parts {
    sim::Engine& engine;
    HostMemory& memory;
    const workloads::Dag& dag;
    const workloads::Computation& computation;
    Measurements& measurements;
  };
  EmulatedStore(const Parts& parts, std::unique_ptr<ByteStore> bytes,
                std::unique_ptr<sim::ObjectStore> requests);

  void preload(ObjectId object, sim::ObjectSize size) override;
  sim::Task<sim::StoreStatus> put(const sim::Host& from, ObjectId object,
                                  sim::ObjectSize declared) override;
  sim::Task<sim::StoreStatus> get(const sim::Host& to, ObjectId object) override;
  sim::Task<sim::StoreStatus> exists(const sim::Host& from, ObjectId object) override;
  bool holds(ObjectId object) const override { return objects_.holds(object); }

  // The bytes as they lie in the store, for the results of a run.
  sim::Task<ReadReply> read(ObjectId object) { return bytes_->read(object); }

 private:
  workloads::Value value_of(const sim::Host& from, ObjectId object, sim::ObjectSize size) const;
  sim::ObjectSize real_size(ObjectId object, const workloads::Value& value,
                            sim::ObjectSize declared);

  Parts parts_;
  std::unique_ptr<ByteStore> bytes_;
  std::unique_ptr<sim::ObjectStore> requests_;
  sim::ObjectTable objects_;  // whose bytes have been written
};

}  // namespace wukong::runtime

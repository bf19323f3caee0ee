// An object store of real bytes. A host's memory is where a put takes the value from and a get
// leaves it. With a modelled network, a request first takes the time that the model says, which
// then counts it too. How many connections its servers take is the model's matter in any case.
//
// Objects beyond those of the DAG are a system's own documents (a pickled function, a status): any
// bytes of that size.
#pragma once

#include <memory>

#include "runtime/byte_store.h"
#include "runtime/emulation_spec.h"
#include "runtime/host_memory.h"
#include "runtime/measurements.h"
#include "sim/engine/engine.h"
#include "sim/platform/object_table.h"
#include "sim/platform/usage.h"
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
                std::unique_ptr<sim::ObjectStore> model, ModelledNetwork network,
                sim::Usage& usage);

  void preload(ObjectId object, sim::ObjectSize size) override;
  sim::Task<sim::StoreStatus> put(const sim::Host& from, ObjectId object,
                                  sim::ObjectSize declared) override;
  sim::Task<sim::StoreStatus> get(const sim::Host& to, ObjectId object) override;
  sim::Task<sim::StoreStatus> exists(const sim::Host& from, ObjectId object) override;
  bool holds(ObjectId object) const override { return objects_.holds(object); }
  size_t server_of(ObjectId object) const override { return model_->server_of(object); }
  // A real connection is open already: the time is the modelled network's.
  sim::Task<> handshake(const sim::Host& client, ObjectId object, int64_t round_trips) override {
    if (modelled_) co_await modelled_->handshake(client, object, round_trips);
  }
  bool connect(ObjectId object, int64_t connections) override {
    return model_->connect(object, connections);
  }
  void disconnect(ObjectId object, int64_t connections) override {
    model_->disconnect(object, connections);
  }

  // For the results of a run: as it lies in the store.
  sim::Task<ReadReply> read(ObjectId object) { return bytes_->read(object); }

 private:
  workloads::Value value_of(const sim::Host& from, ObjectId object, sim::ObjectSize size) const;
  sim::ObjectSize real_size(ObjectId object, const workloads::Value& value,
                            sim::ObjectSize declared);

  Parts parts_;
  std::unique_ptr<ByteStore> bytes_;
  std::unique_ptr<sim::ObjectStore> model_;
  sim::ObjectStore* modelled_;  // null: requests take no modelled time
  sim::Usage& usage_;
  sim::ObjectTable objects_;
};

}  // namespace wukong::runtime

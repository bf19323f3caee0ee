// An object store whose requests may be slow, fail or lose their replies, and whose servers may go
// away for a while and come back with or without what they held. Decorates any ObjectStore.
#pragma once

#include <memory>
#include <vector>

#include "sim/faults/fault_injector.h"
#include "sim/platform/object_store.h"

namespace wukong::sim {

class FaultyStore final : public ObjectStore {
 public:
  FaultyStore(std::unique_ptr<ObjectStore> store, Engine& engine, FaultInjector& faults,
              Usage& usage)
      : store_(std::move(store)), engine_(engine), faults_(faults), usage_(usage) {}

  void preload(ObjectId object, ObjectSize size) override;
  Task<StoreStatus> put(const Host& from, ObjectId object, ObjectSize size) override;
  Task<StoreStatus> get(const Host& to, ObjectId object) override;
  Task<StoreStatus> exists(const Host& from, ObjectId object) override;
  bool holds(ObjectId object) const override { return store_->holds(object) && !lost(object); }
  size_t server_of(ObjectId object) const override { return store_->server_of(object); }
  Task<> handshake(const Host& client, ObjectId object, int64_t round_trips) override {
    return store_->handshake(client, object, round_trips);
  }
  bool connect(ObjectId object, int64_t connections) override {
    return store_->connect(object, connections);
  }
  void disconnect(ObjectId object, int64_t connections) override {
    store_->disconnect(object, connections);
  }

 private:
  struct Server {
    Time down_until;
    uint32_t losses = 0;  // of all that it held
  };

  // What becomes of a request for the object: lets its server go away, and waits as long as the
  // request does before it is made or fails.
  Task<RequestFault> begin(const Host& client, ObjectId object);
  Server& server(ObjectId object);
  bool lost(ObjectId object) const;
  void note_stored(ObjectId object);

  std::unique_ptr<ObjectStore> store_;
  Engine& engine_;
  FaultInjector& faults_;
  Usage& usage_;
  std::vector<Server> servers_;
  std::vector<uint32_t> stored_after_;  // by object: how many losses of its server came before
};

}  // namespace wukong::sim

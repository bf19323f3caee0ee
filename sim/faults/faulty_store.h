// An object store whose requests may be slow, fail or lose their replies, and whose servers may
// answer nobody for a while and come back with or without what they held. Decorates any
// ObjectStore.
#pragma once

#include <memory>
#include <vector>

#include "sim/base/object_size.h"
#include "sim/faults/fault_injector.h"
#include "sim/fluid/fair_share.h"
#include "sim/platform/platform.h"
#include "sim/storage/object_store.h"
#include "sim/storage/store_servers.h"

namespace wukong::faults {

class FaultyStore final : public storage::ObjectStore {
 public:
  // `servers` are those of the store, and outlive it.
  FaultyStore(std::unique_ptr<storage::ObjectStore> store, const storage::StoreServers& servers,
              engine::Engine& engine, FaultInjector& faults, accounting::Usage& usage)
      : store_(std::move(store)),
        servers_(servers),
        engine_(engine),
        faults_(faults),
        usage_(usage) {}

  void preload(ObjectId object, ObjectSize size) override;
  engine::Task<storage::StoreStatus> put(const hosts::Host& from, ObjectId object,
                                         ObjectSize size) override;
  engine::Task<storage::StoreStatus> get(const hosts::Host& to, ObjectId object) override;
  engine::Task<storage::StoreStatus> exists(const hosts::Host& from, ObjectId object) override;
  bool holds(ObjectId object) const override { return store_->holds(object) && !lost(object); }

 private:
  struct ServerState {
    Time down_until;
    uint32_t losses = 0;  // how often it has lost all that it held
  };

  // What becomes of a request for the object. Its server may go away now. Returns when the request
  // is to be made, or when the client sees that it has failed.
  engine::Task<RequestFault> begin(const hosts::Host& client, ObjectId object);
  ServerState& state_of_server(ObjectId object);
  bool lost(ObjectId object) const;
  void note_stored(ObjectId object);

  std::unique_ptr<storage::ObjectStore> store_;
  const storage::StoreServers& servers_;
  engine::Engine& engine_;
  FaultInjector& faults_;
  accounting::Usage& usage_;
  std::vector<ServerState> states_;     // of the servers, by number
  std::vector<uint32_t> stored_after_;  // by object: how many losses of its server it came after
};

}  // namespace wukong::faults

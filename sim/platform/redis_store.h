// Object storage in a cluster of Redis servers, each with its own host. An object lives whole on
// one shard; a shard that has no memory left for an object refuses it (`full`).
//
// A request takes the round trip, its turn in the shard's command queue, and the transfer of the
// value: before the command for a put, after it for a get.
#pragma once

#include <deque>
#include <span>

#include "sim/platform/object_store.h"
#include "sim/platform/object_table.h"
#include "sim/platform/redis_server.h"
#include "sim/platform/usage.h"

namespace wukong::sim {

class RedisStore final : public ObjectStore {
 public:
  // One shard on each of `hosts`. `seed` decides where Placement::random puts an object.
  RedisStore(Engine& engine, Network& network, const RedisSpec& spec, Usage& usage,
             std::span<const Host> hosts, const StoreSpec& store, uint64_t seed);

  // Throws Error if the shard has no memory for it.
  void preload(ObjectId object, ObjectSize size) override;
  Task<StoreStatus> put(const Host& from, ObjectId object, ObjectSize size) override;
  Task<StoreStatus> get(const Host& to, ObjectId object) override;
  Task<StoreStatus> exists(const Host& from, ObjectId object) override;
  size_t server_of(ObjectId object) const override { return shard_of(object); }
  bool holds(ObjectId object) const override { return objects_.holds(object); }
  Task<> handshake(const Host& client, ObjectId object, int64_t round_trips) override;
  bool connect(ObjectId object, int64_t connections) override {
    return shards_[shard_of(object)].server.connect(connections);
  }
  void disconnect(ObjectId object, int64_t connections) override {
    shards_[shard_of(object)].server.disconnect(connections);
  }

  // For reports and tests.
  size_t shard_of(ObjectId object) const;
  Bytes stored_on(size_t shard) const { return shards_[shard].used; }

 private:
  struct Shard {
    RedisServer server;
    Bytes used;
  };

  bool insert(Shard& shard, ObjectId object, ObjectSize size);

  Engine& engine_;
  Network& network_;
  const RedisSpec& spec_;
  Usage& usage_;
  uint64_t salt_;
  std::deque<Shard> shards_;
  ObjectTable objects_;
};

}  // namespace wukong::sim

// Object storage in a cluster of Redis servers, each with its own host. An object lies whole on one
// server (a shard); a shard that has no memory left for an object refuses it (`full`).
//
// A request takes the round trip, its turn in the shard's command queue, and the transfer of the
// value: before the command for a put, after it for a get.
#pragma once

#include <vector>

#include "sim/accounting/books.h"
#include "sim/storage/object_store.h"
#include "sim/storage/object_table.h"
#include "sim/storage/redis_servers.h"

namespace wukong::storage {

class RedisStore final : public ObjectStore {
 public:
  // `servers` outlives the store.
  RedisStore(const accounting::Books& books, network::Network& network, const RedisSpec& spec,
             RedisServers& servers);

  // Throws Error if the shard has no memory for it.
  void preload(ObjectId object, ObjectSize size) override;
  engine::Task<StoreStatus> put(const hosts::Host& from, ObjectId object, ObjectSize size) override;
  engine::Task<StoreStatus> get(const hosts::Host& to, ObjectId object) override;
  engine::Task<StoreStatus> exists(const hosts::Host& from, ObjectId object) override;
  bool holds(ObjectId object) const override { return objects_.holds(object); }

  // For reports and tests.
  Bytes stored_on(size_t shard) const { return used_[shard]; }

 private:
  bool insert(size_t shard, ObjectId object, ObjectSize size);

  accounting::Books books_;
  network::Network& network_;
  const RedisSpec& spec_;
  RedisServers& servers_;
  std::vector<Bytes> used_;  // memory, by shard
  ObjectTable objects_;
};

}  // namespace wukong::storage

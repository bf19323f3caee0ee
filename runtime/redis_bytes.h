// Bytes in real Redis servers: each object whole on one shard. A shard that does not answer makes
// its objects unavailable until it does. Keys have a prefix of the run, and are deleted in the end.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/byte_store.h"
#include "runtime/redis_connection.h"
#include "runtime/wall_clock.h"
#include "sim/engine/engine.h"

namespace wukong::runtime {

class RedisBytes final : public ByteStore {
 public:
  // Throws Error if a server does not answer.
  RedisBytes(sim::Engine& engine, WallClock& clock, const std::vector<RedisAddress>& addresses,
             std::string prefix);
  ~RedisBytes() override;

  void preload(ObjectId object, const workloads::Value& value) override;
  sim::Task<sim::StoreStatus> write(ObjectId object, workloads::Value value) override;
  sim::Task<ReadReply> read(ObjectId object) override;
  sim::Task<sim::StoreStatus> exists(ObjectId object) override;

 private:
  struct Shard {
    RedisAddress address;
    std::unique_ptr<RedisConnection> connection;
    std::vector<std::string> keys;  // that may be there
  };
  Shard& shard_of(ObjectId object);
  std::string key(ObjectId object) const;

  sim::Engine& engine_;
  WallClock& clock_;
  std::string prefix_;
  std::vector<Shard> shards_;
};

}  // namespace wukong::runtime

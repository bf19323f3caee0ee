// Bytes in real Redis servers: each object whole on one shard. A shard that does not answer makes
// its objects unavailable until it does. Keys have a prefix of the run, and are deleted in the end.
#pragma once

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "runtime/loop/wall_clock.h"
#include "runtime/redis/redis_connection.h"
#include "runtime/stores/byte_store.h"
#include "sim/engine/engine.h"

namespace wukong::stores {

class RedisBytes final : public ByteStore {
 public:
  // Throws Error if a server does not answer.
  RedisBytes(engine::Engine& engine, loop::WallClock& clock,
             const std::vector<redis::RedisServerOfRun>& servers);
  ~RedisBytes() override;

  void preload(ObjectId object, const kernels::Value& value) override;
  engine::Task<storage::StoreStatus> write(ObjectId object, kernels::Value value) override;
  engine::Task<ReadReply> read(ObjectId object) override;
  engine::Task<storage::StoreStatus> exists(ObjectId object) override;

 private:
  struct Shard {
    redis::RedisServerOfRun server;
    std::unique_ptr<redis::RedisConnection> connection;
    std::vector<std::string> keys;           // that may be there
    std::unordered_set<uint64_t> kept = {};  // objects that are
  };
  // Ends the run if the shard has had the object.
  void check_missing(const Shard& shard, ObjectId object) const;
  Shard& shard_of(ObjectId object);
  static std::string key(const Shard& shard, ObjectId object);

  engine::Engine& engine_;
  loop::WallClock& clock_;
  std::vector<Shard> shards_;
};

}  // namespace wukong::stores

#include "runtime/stores/redis_bytes.h"

#include <utility>

#include "runtime/loop/foreign_call.h"
#include "runtime/redis/redis_blocking.h"
#include "runtime/stores/redis_reply.h"
#include "sim/base/error.h"
#include "sim/base/hash.h"

namespace wukong::stores {

using kernels::Value;
using storage::StoreStatus;

namespace {

constexpr const char* kReply = "a Redis server's reply";

std::string_view text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

RedisBytes::RedisBytes(engine::Engine& engine, loop::WallClock& clock,
                       const std::vector<redis::RedisServerOfRun>& servers)
    : engine_(engine), clock_(clock) {
  for (const redis::RedisServerOfRun& server : servers) {
    redis::BlockingRedis(server.address).mark(server.mark());
    shards_.push_back({server,
                       std::make_unique<redis::RedisConnection>(clock.context(), server),
                       {server.mark()}});
  }
}

RedisBytes::~RedisBytes() {
  for (Shard& shard : shards_) {
    shard.connection.reset();
    try {
      redis::BlockingRedis(shard.server.address).remove(shard.keys);
    } catch (const Error& error) {
      shard.server.health->leaves(shard.server.run, error.what());
    }
  }
}

RedisBytes::Shard& RedisBytes::shard_of(ObjectId object) {
  return shards_[mix64(object.index() + 1) % shards_.size()];
}

std::string RedisBytes::key(const Shard& shard, ObjectId object) {
  return shard.server.prefix + "object:" + std::to_string(object.value());
}

void RedisBytes::check_missing(const Shard& shard, ObjectId object) const {
  if (shard.kept.contains(object.value()))
    redis::throw_lost(shard.server, "an object that it had (" + key(shard, object) + ")");
}

void RedisBytes::preload(ObjectId object, const Value& value) {
  Shard& shard = shard_of(object);
  shard.keys.push_back(key(shard, object));
  redis::BlockingRedis(shard.server.address).set(shard.keys.back(), value.bytes());
  shard.kept.insert(object.value());
}

engine::Task<StoreStatus> RedisBytes::write(ObjectId object, Value value) {
  Shard& shard = shard_of(object);
  shard.keys.push_back(key(shard, object));
  const std::string name = shard.keys.back();
  loop::ForeignCall<StoreStatus> call(engine_, clock_, kReply);
  const auto handler = [reply = call.reply()](const redisReply* answer) {
    reply(written_status(answer));
  };
  shard.connection->send({"SET", name, text(value.bytes())}, handler);
  const std::optional<StoreStatus> status = co_await call;
  if (status == StoreStatus::ok) shard.kept.insert(object.value());
  co_return status.value_or(StoreStatus::unavailable);
}

engine::Task<ReadReply> RedisBytes::read(ObjectId object) {
  const Shard& shard = shard_of(object);
  const std::string name = key(shard, object);
  loop::ForeignCall<ReadReply> call(engine_, clock_, kReply);
  const auto handler = [reply = call.reply()](const redisReply* answer) {
    reply(read_value(answer));
  };
  shard.connection->send({"GET", name}, handler);
  std::optional<ReadReply> found = co_await call;
  if (found && found->status == StoreStatus::missing) check_missing(shard, object);
  ReadReply unavailable;
  unavailable.status = StoreStatus::unavailable;
  co_return std::move(found).value_or(unavailable);
}

engine::Task<StoreStatus> RedisBytes::exists(ObjectId object) {
  const Shard& shard = shard_of(object);
  const std::string name = key(shard, object);
  loop::ForeignCall<StoreStatus> call(engine_, clock_, kReply);
  const auto handler = [reply = call.reply()](const redisReply* answer) {
    reply(existing_status(answer));
  };
  shard.connection->send({"EXISTS", name}, handler);
  const std::optional<StoreStatus> status = co_await call;
  if (status == StoreStatus::missing) check_missing(shard, object);
  co_return status.value_or(StoreStatus::unavailable);
}

}  // namespace wukong::stores

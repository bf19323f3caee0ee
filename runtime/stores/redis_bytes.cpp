#include "runtime/stores/redis_bytes.h"

#include <utility>

#include "runtime/loop/foreign_call.h"
#include "runtime/stores/redis_blocking.h"
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
                       const std::vector<RedisAddress>& addresses, std::string prefix)
    : engine_(engine), clock_(clock), prefix_(std::move(prefix)) {
  for (const RedisAddress& address : addresses) {
    const RedisServerOfRun server{address, prefix_ + "run"};
    BlockingRedis(address).mark(server.mark);
    shards_.push_back(
        {address, std::make_unique<RedisConnection>(clock.context(), server), {server.mark}});
  }
}

RedisBytes::~RedisBytes() {
  for (Shard& shard : shards_) {
    shard.connection.reset();
    try {
      BlockingRedis(shard.address).remove(shard.keys);
    } catch (const Error&) {
      continue;  // a server that is gone has kept nothing
    }
  }
}

RedisBytes::Shard& RedisBytes::shard_of(ObjectId object) {
  return shards_[mix64(object.index() + 1) % shards_.size()];
}

std::string RedisBytes::key(ObjectId object) const {
  return prefix_ + "object:" + std::to_string(object.value());
}

void RedisBytes::preload(ObjectId object, const Value& value) {
  Shard& shard = shard_of(object);
  shard.keys.push_back(key(object));
  BlockingRedis(shard.address).set(shard.keys.back(), value.bytes());
}

engine::Task<StoreStatus> RedisBytes::write(ObjectId object, Value value) {
  Shard& shard = shard_of(object);
  shard.keys.push_back(key(object));
  const std::string name = shard.keys.back();
  loop::ForeignCall<StoreStatus> call(engine_, clock_, kReply);
  const auto handler = [reply = call.reply()](const redisReply* answer) {
    reply(written_status(answer));
  };
  shard.connection->send({"SET", name, text(value.bytes())}, handler);
  const std::optional<StoreStatus> status = co_await call;
  co_return status.value_or(StoreStatus::unavailable);
}

engine::Task<ReadReply> RedisBytes::read(ObjectId object) {
  const std::string name = key(object);
  loop::ForeignCall<ReadReply> call(engine_, clock_, kReply);
  const auto handler = [reply = call.reply()](const redisReply* answer) {
    reply(read_value(answer));
  };
  shard_of(object).connection->send({"GET", name}, handler);
  std::optional<ReadReply> found = co_await call;
  ReadReply unavailable;
  unavailable.status = StoreStatus::unavailable;
  co_return std::move(found).value_or(unavailable);
}

engine::Task<StoreStatus> RedisBytes::exists(ObjectId object) {
  const std::string name = key(object);
  loop::ForeignCall<StoreStatus> call(engine_, clock_, kReply);
  const auto handler = [reply = call.reply()](const redisReply* answer) {
    reply(existing_status(answer));
  };
  shard_of(object).connection->send({"EXISTS", name}, handler);
  const std::optional<StoreStatus> status = co_await call;
  co_return status.value_or(StoreStatus::unavailable);
}

}  // namespace wukong::stores

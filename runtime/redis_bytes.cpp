#include "runtime/redis_bytes.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "runtime/foreign_call.h"
#include "runtime/redis_blocking.h"
#include "sim/base/error.h"
#include "sim/base/hash.h"

namespace wukong::runtime {

using sim::StoreStatus;
using workloads::Value;

namespace {

constexpr const char* kReply = "a Redis server's reply";

// A server that is full says so; whatever else it refuses may go better later.
StoreStatus status_of(const redisReply* reply) {
  if (reply == nullptr) return StoreStatus::unavailable;
  if (reply->type != REDIS_REPLY_ERROR) return StoreStatus::ok;
  return std::string_view(reply->str, reply->len).starts_with("OOM") ? StoreStatus::full
                                                                     : StoreStatus::unavailable;
}

ReadReply value_in(const redisReply* reply) {
  ReadReply result;
  result.status = status_of(reply);
  if (result.status != StoreStatus::ok) return result;
  if (reply->type == REDIS_REPLY_NIL) {
    result.status = StoreStatus::missing;
    return result;
  }
  ENSURE(reply->type == REDIS_REPLY_STRING, reply->type);
  workloads::Buffer buffer(Bytes(static_cast<int64_t>(reply->len)));
  if (reply->len > 0) std::memcpy(buffer.bytes().data(), reply->str, reply->len);
  result.value = std::move(buffer).freeze();
  return result;
}

std::string_view text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

RedisBytes::RedisBytes(sim::Engine& engine, WallClock& clock,
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

sim::Task<StoreStatus> RedisBytes::write(ObjectId object, Value value) {
  Shard& shard = shard_of(object);
  shard.keys.push_back(key(object));
  const std::string name = shard.keys.back();
  ForeignCall<StoreStatus> call(engine_, clock_, kReply);
  const auto handler = [reply = call.reply()](const redisReply* answer) {
    reply(status_of(answer));
  };
  shard.connection->send({"SET", name, text(value.bytes())}, handler);
  const std::optional<StoreStatus> status = co_await call;
  co_return status.value_or(StoreStatus::unavailable);
}

sim::Task<ReadReply> RedisBytes::read(ObjectId object) {
  const std::string name = key(object);
  ForeignCall<ReadReply> call(engine_, clock_, kReply);
  const auto handler = [reply = call.reply()](const redisReply* answer) {
    reply(value_in(answer));
  };
  shard_of(object).connection->send({"GET", name}, handler);
  std::optional<ReadReply> found = co_await call;
  ReadReply unavailable;
  unavailable.status = StoreStatus::unavailable;
  co_return std::move(found).value_or(unavailable);
}

sim::Task<StoreStatus> RedisBytes::exists(ObjectId object) {
  const std::string name = key(object);
  ForeignCall<StoreStatus> call(engine_, clock_, kReply);
  const auto handler = [reply = call.reply()](const redisReply* answer) {
    const StoreStatus status = status_of(answer);
    const bool there = status == StoreStatus::ok && answer->integer == 1;
    reply(status != StoreStatus::ok || there ? status : StoreStatus::missing);
  };
  shard_of(object).connection->send({"EXISTS", name}, handler);
  const std::optional<StoreStatus> status = co_await call;
  co_return status.value_or(StoreStatus::unavailable);
}

}  // namespace wukong::runtime

#include "sim/storage/redis_store.h"

#include "sim/accounting/service_call.h"
#include "sim/base/error.h"
#include "sim/fluid/fluid.h"

namespace wukong::storage {
namespace {

constexpr const char* kShardReply = "a Redis shard's reply";
constexpr const char* kPython = "its client's own Python";

void note_shard(accounting::ServiceCall& call, size_t shard) {
  call.note("shard", static_cast<int64_t>(shard));
}

engine::SpanStart client_work(const hosts::Host& client) {
  return {engine::SpanKind::work, "copy", client.id.value()};
}

}  // namespace

RedisStore::RedisStore(const accounting::Books& books, network::Network& network,
                       const RedisSpec& spec, RedisServers& servers)
    : books_(books), network_(network), spec_(spec), servers_(servers), used_(servers.count()) {}

bool RedisStore::insert(size_t shard, ObjectId object, ObjectSize size) {
  const std::optional<ObjectSize> replaced = objects_.find(object);
  Bytes used = used_[shard] + size.actual;
  if (replaced) used -= replaced->actual;
  if (used > servers_.server(shard).host().memory) return false;
  used_[shard] = used;
  objects_.insert(object, size);
  return true;
}

void RedisStore::preload(ObjectId object, ObjectSize size) {
  const size_t shard = servers_.server_of(object);
  if (insert(shard, object, size)) return;
  throw LimitError(ErrorPlace{.file = "", .line = 0, .key = "store.shards"},
                   "shards with memory for all initial objects",
                   "shard " + std::to_string(shard) + " of " + std::to_string(used_.size()) +
                       " full at " + std::to_string(used_[shard].count()) + " bytes");
}

engine::Task<StoreStatus> RedisStore::put(const hosts::Host& from, ObjectId object,
                                          ObjectSize size) {
  accounting::ServiceCall call(books_, accounting::Operation::object_put,
                               {engine::SpanKind::object, "put", from.id.value(), object.value()});
  const size_t shard = servers_.server_of(object);
  RedisServer& server = servers_.server(shard);
  note_shard(call, shard);
  call.note("bytes", size.actual.count());
  const network::Route route = server.inward(from, size.actual);
  {
    const engine::Span copying(books_.engine, client_work(from));
    co_await books_.engine.sleep(spec_.client.time(size.actual), kPython);
  }
  const Time start = books_.engine.now() + server.round_trip();
  co_await network_.transfer(size.actual, route, Bandwidth::unlimited(), start);
  const bool stored = insert(shard, object, size);
  co_await books_.engine.sleep_until(server.serve_commands(1), kShardReply);
  if (!stored) {
    call.note("full", 1);
    ++books_.usage.turned_away;
    ++books_.usage.given_up;
    ++books_.usage.full_writes;
    co_return StoreStatus::full;
  }
  call.wrote(size);
  co_return StoreStatus::ok;
}

engine::Task<StoreStatus> RedisStore::get(const hosts::Host& to, ObjectId object) {
  accounting::ServiceCall call(books_, accounting::Operation::object_get,
                               {engine::SpanKind::object, "get", to.id.value(), object.value()});
  const size_t shard = servers_.server_of(object);
  RedisServer& server = servers_.server(shard);
  note_shard(call, shard);
  co_await books_.engine.sleep(server.round_trip(), kShardReply);
  const std::optional<ObjectSize> found = objects_.find(object);
  const Time served = server.serve_commands(1);
  const Bytes size = found ? found->actual : Bytes(0);
  if (found)
    call.note("bytes", size.count());
  else
    call.note("missing", 1);
  const network::Route route = server.outward(to, size);
  co_await network_.transfer(size, route, Bandwidth::unlimited(), served);
  if (!found) {
    co_await books_.engine.sleep(spec_.client.request_time, kPython);
    call.missed();
    co_return StoreStatus::missing;
  }
  {
    const engine::Span copying(books_.engine, client_work(to));
    co_await books_.engine.sleep(spec_.client.time(size), kPython);
  }
  call.read(*found);
  co_return StoreStatus::ok;
}

engine::Task<StoreStatus> RedisStore::exists(const hosts::Host& from, ObjectId object) {
  accounting::ServiceCall call(
      books_, accounting::Operation::object_head,
      {engine::SpanKind::object, "exists", from.id.value(), object.value()});
  const size_t shard = servers_.server_of(object);
  RedisServer& server = servers_.server(shard);
  note_shard(call, shard);
  co_await books_.engine.sleep(server.round_trip() + spec_.client.request_time, kShardReply);
  const bool found = objects_.holds(object);
  if (!found) call.note("missing", 1);
  co_await books_.engine.sleep_until(server.serve_commands(1), kShardReply);
  co_return found ? StoreStatus::ok : StoreStatus::missing;
}

}  // namespace wukong::storage

#include "sim/platform/redis_store.h"

#include "sim/base/error.h"
#include "sim/base/hash.h"
#include "sim/engine/span.h"

namespace wukong::sim {
namespace {

constexpr const char* kShardReply = "a Redis shard's reply";

void note_shard(Span& span, size_t shard) { span.note("shard", static_cast<int64_t>(shard)); }

}  // namespace

RedisStore::RedisStore(Engine& engine, Network& network, const RedisSpec& spec, Usage& usage,
                       std::span<const Host> hosts, const StoreSpec& store, uint64_t seed)
    : engine_(engine),
      network_(network),
      spec_(spec),
      usage_(usage),
      // A hash of the key alone puts an object on the same shard in every run.
      salt_(store.placement == Placement::hashed ? 0 : mix64(seed ^ hash_text("redis placement"))) {
  ENSURE(!hosts.empty());
  for (const Host& host : hosts)
    shards_.push_back(
        Shard{RedisServer(engine, network, spec, host, store.connections_per_request), Bytes(0)});
}

size_t RedisStore::shard_of(ObjectId object) const {
  return mix64(mix64(object.value() + 1) ^ salt_) % shards_.size();
}

bool RedisStore::insert(Shard& shard, ObjectId object, ObjectSize size) {
  const std::optional<ObjectSize> replaced = objects_.find(object);
  Bytes used = shard.used + size.actual;
  if (replaced) used -= replaced->actual;
  if (used > shard.server.host().memory) return false;
  shard.used = used;
  objects_.insert(object, size);
  return true;
}

void RedisStore::preload(ObjectId object, ObjectSize size) {
  const size_t index = shard_of(object);
  if (insert(shards_[index], object, size)) return;
  throw Error(ErrorPlace{.file = "", .line = 0, .key = "store.shards"},
              "shards with memory for all initial objects",
              "shard " + std::to_string(index) + " of " + std::to_string(shards_.size()) +
                  " full at " + std::to_string(shards_[index].used.count()) + " bytes");
}

Task<> RedisStore::handshake(const Host& client, ObjectId object, int64_t round_trips) {
  Span span(engine_, {SpanKind::wait, "connect", client.id.value()});
  note_shard(span, shard_of(object));
  co_await engine_.sleep(spec_.round_trip * round_trips, "a connection");
}

Task<StoreStatus> RedisStore::put(const Host& from, ObjectId object, ObjectSize size) {
  usage_.count(Operation::object_put);
  const size_t index = shard_of(object);
  Shard& shard = shards_[index];
  Span span(engine_, {SpanKind::object, "put", from.id.value(), object.value()});
  note_shard(span, index);
  span.note("bytes", size.actual.count());
  const Route route = shard.server.inward(from);
  const Time start = engine_.now() + spec_.round_trip;
  co_await network_.transfer(size.actual, route, Bandwidth::unlimited(), start);
  const bool stored = insert(shard, object, size);
  co_await engine_.sleep_until(shard.server.serve_commands(1), kShardReply);
  if (!stored) {
    span.note("full", 1);
    co_return StoreStatus::full;
  }
  usage_.written += size.actual;
  usage_.nominal_written += size.nominal;
  engine_.record(TraceKind::object_written, from.id.value(), object.value(), size.actual.count());
  co_return StoreStatus::ok;
}

Task<StoreStatus> RedisStore::get(const Host& to, ObjectId object) {
  usage_.count(Operation::object_get);
  const size_t index = shard_of(object);
  Shard& shard = shards_[index];
  Span span(engine_, {SpanKind::object, "get", to.id.value(), object.value()});
  note_shard(span, index);
  co_await engine_.sleep(spec_.round_trip, kShardReply);
  const std::optional<ObjectSize> found = objects_.find(object);
  const Time served = shard.server.serve_commands(1);
  const Bytes size = found ? found->actual : Bytes(0);
  if (found)
    span.note("bytes", size.count());
  else
    span.note("missing", 1);
  const Route route = shard.server.outward(to);
  co_await network_.transfer(size, route, Bandwidth::unlimited(), served);
  if (!found) {
    ++usage_.missed_reads;
    co_return StoreStatus::missing;
  }
  usage_.read += found->actual;
  usage_.nominal_read += found->nominal;
  engine_.record(TraceKind::object_read, to.id.value(), object.value(), found->actual.count());
  co_return StoreStatus::ok;
}

Task<StoreStatus> RedisStore::exists(const Host& from, ObjectId object) {
  usage_.count(Operation::object_head);
  const size_t index = shard_of(object);
  Shard& shard = shards_[index];
  Span span(engine_, {SpanKind::object, "exists", from.id.value(), object.value()});
  note_shard(span, index);
  co_await engine_.sleep(spec_.round_trip, kShardReply);
  const bool found = objects_.holds(object);
  if (!found) span.note("missing", 1);
  co_await engine_.sleep_until(shard.server.serve_commands(1), kShardReply);
  co_return found ? StoreStatus::ok : StoreStatus::missing;
}

}  // namespace wukong::sim

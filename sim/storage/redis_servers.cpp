#include "sim/storage/redis_servers.h"

#include "sim/engine/span.h"

namespace wukong::storage {
namespace {

// A hash of the key alone puts an object on the same server in every run.
uint64_t salt_of(const StoreSpec& store, uint64_t seed) {
  return store.placement == Placement::hashed ? 0 : mix64(seed ^ hash_text("redis placement"));
}

}  // namespace

RedisServers::RedisServers(engine::Engine& engine, network::Network& network, const RedisSpec& spec,
                           std::span<const hosts::Host> hosts, const StoreSpec& store,
                           uint64_t seed)
    : engine_(engine), spec_(spec), salt_(salt_of(store, seed)) {
  ENSURE(!hosts.empty());
  for (const hosts::Host& host : hosts)
    servers_.push_back(&own_.emplace_back(engine, network, spec, host, seed));
}

RedisServers::RedisServers(engine::Engine& engine, const RedisSpec& spec, RedisServer& server)
    : engine_(engine), spec_(spec), salt_(0), servers_{&server} {}

RedisServers::RedisServers(RedisServers& shared, const StoreSpec& store, uint64_t seed)
    : engine_(shared.engine_),
      spec_(shared.spec_),
      salt_(salt_of(store, seed)),
      servers_(shared.servers_) {}

engine::Task<> RedisServers::handshake(const hosts::Host& client, ObjectId object,
                                       int64_t round_trips) {
  engine::Span span(engine_, {engine::SpanKind::wait, "connect", client.id.value()});
  span.note("shard", static_cast<int64_t>(server_of(object)));
  co_await engine_.sleep(spec_.round_trip * round_trips, "a connection");
}

}  // namespace wukong::storage

#include "sim/storage/redis_server.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/fluid/resource.h"

namespace wukong::storage {
namespace {

fluid::Crowding crowding_of(const RedisSpec& spec) {
  return {.activities = spec.crowding_flows, .least_share = spec.crowded_share};
}

}  // namespace

RedisServer::RedisServer(engine::Engine& engine, network::Network& network, const RedisSpec& spec,
                         const hosts::Host& host, uint64_t seed)
    : engine_(engine),
      spec_(spec),
      host_(host),
      trips_(seed, "redis round trips", host.number),
      copies_(network.pool(), spec.bandwidth, crowding_of(spec)),
      copies_large_(network.pool(), spec.large_bandwidth) {}

bool RedisServer::connect(int64_t connections) {
  ENSURE(connections > 0, connections);
  if (connections_ + connections > spec_.max_clients) return false;
  connections_ += connections;
  return true;
}

void RedisServer::disconnect(int64_t connections) {
  connections_ -= connections;
  ENSURE(connections_ >= 0, connections_);
}

Time RedisServer::serve(Duration work) {
  ENSURE(work >= Duration::zero(), work.count_ns());
  busy_until_ = std::max(busy_until_, engine_.now()) + work;
  return busy_until_;
}

network::Route RedisServer::inward(const hosts::Host& client, Bytes value) const {
  network::Route route = network::Route().via(client.outbound).via(host_.inbound).via(copies_);
  if (value >= spec_.large_value) route.via(copies_large_);
  return route;
}

network::Route RedisServer::outward(const hosts::Host& client, Bytes value) const {
  network::Route route = network::Route().via(copies_).via(host_.outbound).via(client.inbound);
  if (value >= spec_.large_value) route.via(copies_large_);
  return route;
}

}  // namespace wukong::storage

#include "sim/storage/redis_server.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::storage {
namespace {

// The thread as it copies values one way. Each request crowds it with all its connections.
network::CopyingThread copying(network::Network& network, Bandwidth rate, double crowding_flows,
                               int64_t connections_per_request) {
  return network::CopyingThread(network.pool(), rate,
                                crowding_flows / static_cast<double>(connections_per_request));
}

}  // namespace

RedisServer::RedisServer(engine::Engine& engine, network::Network& network, const RedisSpec& spec,
                         const hosts::Host& host, int64_t connections_per_request)
    : engine_(engine),
      spec_(spec),
      host_(host),
      reads_(
          copying(network, spec.read_bandwidth, spec.read_crowding_flows, connections_per_request)),
      writes_(copying(network, spec.write_bandwidth, spec.write_crowding_flows,
                      connections_per_request)) {}

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

network::Route RedisServer::inward(const hosts::Host& client) const {
  return network::Route().via(client.outbound).via(host_.inbound).via(writes_);
}

network::Route RedisServer::outward(const hosts::Host& client) const {
  return network::Route().via(reads_).via(host_.outbound).via(client.inbound);
}

}  // namespace wukong::storage

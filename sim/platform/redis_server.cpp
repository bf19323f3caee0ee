#include "sim/platform/redis_server.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::sim {
namespace {

// Each request crowds the thread with all its connections.
LinkSpec copying(const RedisSpec& spec, int64_t connections_per_request) {
  LinkSpec link;
  link.rate = spec.thread_bandwidth;
  link.crowding_flows = spec.thread_crowding_flows / static_cast<double>(connections_per_request);
  return link;
}

}  // namespace

RedisServer::RedisServer(Engine& engine, Network& network, const RedisSpec& spec, const Host& host,
                         int64_t connections_per_request)
    : engine_(engine),
      spec_(spec),
      host_(host),
      thread_(network.add_link(copying(spec, connections_per_request))) {}

Time RedisServer::serve(Duration work) {
  ENSURE(work >= Duration::zero(), work.count_ns());
  busy_until_ = std::max(busy_until_, engine_.now()) + work;
  return busy_until_;
}

Route RedisServer::inward(const Host& client) const {
  return Route().via(client.outbound).via(host_.inbound).via(thread_);
}

Route RedisServer::outward(const Host& client) const {
  return Route().via(thread_).via(host_.outbound).via(client.inbound);
}

}  // namespace wukong::sim

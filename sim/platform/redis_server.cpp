#include "sim/platform/redis_server.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::sim {
namespace {

LinkSpec constant_rate(Bandwidth rate) {
  LinkSpec link;
  link.rate = rate;
  return link;
}

}  // namespace

RedisServer::RedisServer(Engine& engine, Network& network, const RedisSpec& spec, const Host& host)
    : engine_(engine),
      spec_(spec),
      host_(host),
      thread_(network.add_link(constant_rate(spec.thread_bandwidth))) {}

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

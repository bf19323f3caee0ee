// Which nodes of the store each container is connected to. Redis clients are kept in a module's
// variable, so connections survive from one invocation to the next in the same container (released
// code, function.py).
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "scheduler/wukong/decisions/options.h"
#include "sim/base/ids.h"
#include "sim/engine/task.h"
#include "sim/functions/environment.h"
#include "sim/storage/store_servers.h"

namespace wukong::wukong_policy {

class ContainerConnections {
 public:
  ContainerConnections(storage::StoreServers& servers,
                       const wukong_decisions::WukongOptions& options)
      : servers_(servers), options_(options) {}

  // To the node that has the object, unless the container is connected already. One Redis is one
  // connection, 75 nodes are up to 75. A container that was there before the run has served others.
  engine::Task<> open(const functions::Environment& container, ObjectId object) {
    if (container.prewarmed && options_.warm_containers_are_connected) co_return;
    const size_t server = servers_.server_of(object);
    std::vector<size_t>& connected = connected_[container.host.id];
    if (std::find(connected.begin(), connected.end(), server) != connected.end()) co_return;
    connected.push_back(server);
    co_await servers_.handshake(container.host, object, options_.connection_round_trips);
  }

 private:
  storage::StoreServers& servers_;
  const wukong_decisions::WukongOptions& options_;
  std::map<HostId, std::vector<size_t>> connected_;  // nodes, by container
};

}  // namespace wukong::wukong_policy

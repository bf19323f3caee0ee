// What all parts of Wukong share: the platform, the DAG, the options, the static schedules and the
// services that they meet at. Only data; what is done with it is in client, executor and
// storage_proxy, and in what is named after the things that pass between them: fan_in_counters,
// task_claims, invocation.
#pragma once

#include <memory>
#include <string_view>

#include "scheduler/wukong/container_connections.h"
#include "scheduler/wukong/decisions/options.h"
#include "scheduler/wukong/decisions/output_sizes.h"
#include "scheduler/wukong/decisions/read_order.h"
#include "scheduler/wukong/decisions/static_schedule.h"
#include "scheduler/wukong/fan_in_counters.h"
#include "scheduler/wukong/task_claims.h"
#include "workloads/dag/dag.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::storage {
class MetadataStore;
class ObjectStore;
class StoreServers;
}  // namespace wukong::storage

namespace wukong::hosts {
struct Host;
}  // namespace wukong::hosts

namespace wukong::engine {
class Engine;
}  // namespace wukong::engine

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::wukong_policy {

struct WukongContext {
  // Rents the machines, adds the stores and the functions, and makes the static schedules. What it
  // is given outlives it.
  WukongContext(platform::Platform& platform, const dag::Dag& dag,
                const wukong_decisions::WukongOptions& options);
  WukongContext(const WukongContext&) = delete;
  WukongContext& operator=(const WukongContext&) = delete;

  platform::Platform& platform;
  engine::Engine& engine;
  const dag::Dag& dag;
  const wukong_decisions::WukongOptions& options;

  const hosts::Host& scheduler;      // runs the client's side: static scheduler and invokers
  const hosts::Host& storage_proxy;  // runs the metadata store, too
  const hosts::Host& client;         // to which the results go
  storage::ObjectStore& store;       // of intermediate objects
  storage::StoreServers& servers;    // of that store
  storage::MetadataStore& metadata;  // schedules, counters, messages
  storage::ObjectStore& results;     // in the metadata store's Redis
  FunctionId executor_function;
  FunctionId invoker_function;

  const wukong_decisions::StaticSchedules schedules;
  const wukong_decisions::ReadOrder reads;
  const wukong_decisions::OutputSizes outputs;
  const FanInCounters fan_ins;
  const TaskClaims claims;
  const std::unique_ptr<ContainerConnections> connections;  // change during the run
};

// Draws the first successor of each task.
inline constexpr std::string_view kFirstSuccessorStream = "wukong.first_successor";
// Draws the order in which inputs are read.
inline constexpr std::string_view kReadOrderStream = "wukong.read_order";

// The metadata store's channels: tasks whose results are there, tasks whose fan-out the storage
// proxy is to take over.
inline constexpr ChannelId kResultChannel{0};
inline constexpr ChannelId kProxyChannel{1};

}  // namespace wukong::wukong_policy

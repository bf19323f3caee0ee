// What numpywren refuses before the run. Each time is a bound from below, so that no run is refused
// that could end: what requests themselves take is drawn, and left out.
#include <algorithm>
#include <optional>
#include <string>

#include "scheduler/numpywren/numpywren.h"
#include "sim/hosts/compute.h"
#include "sim/platform/platform_spec.h"

namespace wukong::numpywren {
namespace {

// What a request to the store takes with a client of its own.
class LeastRequest {
 public:
  LeastRequest(const platform::PlatformSpec& platform, const NumpywrenOptions& options)
      : platform_(platform),
        is_redis_(options.store.kind == storage::StoreKind::redis),
        client_(is_redis_ ? platform.redis.client : platform.s3.client),
        new_client_(is_redis_ ? options.pool_time : options.client_time) {}

  // That a block is there, or not.
  Duration exists() const { return is_redis_ ? new_client_ + client_.request_time : new_client_; }
  // A block of that size, either way.
  Duration moves(Bytes size) const {
    Duration passes = link_time(size);
    if (!is_redis_)
      passes = std::max(passes, transfer_time(size, platform_.s3.connection_bandwidth));
    return new_client_ + passes + client_.time(size);
  }

 private:
  // With a burst that nothing else uses; a message uses none.
  Duration link_time(Bytes size) const {
    const network::LinkSpec& link = platform_.functions.environment.network;
    const Duration at_peak = transfer_time(size, link.peak());
    if (!link.burst || size <= platform_.network.message_bytes) return at_peak;
    const Bytes beyond = *link.burst < size ? size - *link.burst : Bytes(0);
    return std::max(at_peak, transfer_time(beyond, link.rate));
  }

  const platform::PlatformSpec& platform_;
  bool is_redis_;
  const storage::PythonClient& client_;
  Duration new_client_;
};

// A block that no try of a request can move in time: the worker would try for ever.
std::optional<scheduler::LimitExceeded> request_limit(const dag::Dag& dag,
                                                      const NumpywrenOptions& options,
                                                      const LeastRequest& request) {
  for (const ObjectId object : dag.objects()) {
    if (!dag.producer(object).valid() && dag.consumers(object).empty()) continue;  // stays there
    if (dag.absent(object)) continue;
    const Duration least = request.moves(dag.size(object).actual);
    if (least <= options.request_time_limit) continue;
    return scheduler::LimitExceeded{
        "object " + dag.name(object) + " takes at least " + pywren::seconds_text(least) +
            " between the store and a function, with its client in Python, and a request that "
            "takes longer than " +
            pywren::seconds_text(options.request_time_limit) + " is made again, without end",
        "request_time_limit_s"};
  }
  return std::nullopt;
}

// A worker keeps its own connections, and opens a pool of others for each request: on one server,
// if there is but one. A block is written by each task that returns something.
std::optional<scheduler::LimitExceeded> connection_limit(const storage::RedisSpec& redis,
                                                         const NumpywrenOptions& options) {
  if (options.store.kind != storage::StoreKind::redis) return std::nullopt;
  const int64_t own = options.connections_per_worker;
  const int64_t pool = options.connections_per_pool;
  const int64_t least = options.store.shards == 1 ? own + pool : std::max(own, pool);
  if (least <= redis.max_clients) return std::nullopt;
  return scheduler::LimitExceeded{
      "one worker needs " + std::to_string(least) + " connections to a Redis server, which takes " +
          std::to_string(redis.max_clients) +
          " (platform.redis.max_clients): those of connections_per_worker and " +
          "connections_per_pool",
      "connections_per_worker"};
}

// In one life of a worker. A task that is cut short begins anew: with its first input, or, if its
// outputs are written, with the first of its children.
Duration least_time(const dag::Dag& dag, const NumpywrenOptions& options,
                    const LeastRequest& request, TaskId task, Duration busy) {
  Duration runs = busy;
  for (const ObjectId object : dag.inputs(task)) {
    runs += request.exists();
    if (!dag.absent(object)) runs += request.moves(dag.size(object).actual);
  }
  for (const ObjectId object : dag.outputs(task)) {
    const Bytes size = dag.size(object).actual;
    runs += transfer_time(size, options.zero_scan) + request.moves(size);
  }
  const auto children = static_cast<int64_t>(dag.successors(task).size());
  return std::max(runs, options.analysis_time * (children + 1));
}

}  // namespace

std::optional<scheduler::LimitExceeded> numpywren_limits(const platform::PlatformSpec& platform,
                                                         const dag::Dag& dag,
                                                         const scheduler::Options& options) {
  const auto& numpywren = dynamic_cast<const NumpywrenOptions&>(options);
  if (dag.object_count() > 0)
    if (auto limit = connection_limit(platform.redis, numpywren)) return limit;
  const LeastRequest request(platform, numpywren);
  const double vcpus = platform.functions.environment.vcpus(platform.functions.memory_mb);
  for (const TaskId task : dag.tasks()) {
    const hosts::TaskCost cost = hosts::on_threads(dag.cost(task), 1);
    const Duration busy = execution_time(cost, vcpus, platform.compute);
    if (numpywren.pywren.worker_setup + busy > platform.functions.time_limit)
      return scheduler::LimitExceeded{
          "task " + dag.name(task) + " needs " + pywren::seconds_text(busy) +
              " on a worker's one thread, which takes " +
              pywren::seconds_text(numpywren.pywren.worker_setup) + " to start, in a function of " +
              pywren::seconds_text(platform.functions.time_limit) +
              "; a larger platform.functions.time_limit_s would help",
          ""};
    auto limit = pywren::call_limit(numpywren.pywren, "task " + dag.name(task), busy);
    if (!limit)
      limit = pywren::call_limit(numpywren.pywren,
                                 "task " + dag.name(task) + ", with its blocks and children,",
                                 least_time(dag, numpywren, request, task, busy));
    if (!limit) continue;
    limit->option = "pywren." + limit->option;
    return limit;
  }
  return request_limit(dag, numpywren, request);
}

}  // namespace wukong::numpywren

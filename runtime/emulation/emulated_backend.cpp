#include "runtime/emulation/emulated_backend.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "runtime/stores/in_process_bytes.h"
#include "runtime/stores/in_process_metadata.h"
#include "runtime/stores/redis_bytes.h"
#include "runtime/stores/redis_counters.h"
#include "runtime/stores/untimed_store.h"

namespace wukong::emulation {
namespace {

unsigned worker_threads(const loop::EmulationSpec& spec) {
  if (spec.workers) return static_cast<unsigned>(*spec.workers);
  return std::max(1u, std::thread::hardware_concurrency());
}

// Tells the keys of this run from those of others on the same server.
std::string run_prefix() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return "wukong:" + std::to_string(getpid()) + ":" +
         std::to_string(std::chrono::nanoseconds(now).count()) + ":";
}

std::vector<redis::RedisServerOfRun> servers_of_run(const std::string& store,
                                                    const redis::Notify& notify) {
  std::vector<redis::RedisServerOfRun> servers;
  const std::string prefix = run_prefix();
  for (const redis::RedisAddress& address : redis::parse_redis_addresses(store))
    servers.push_back(
        {address, prefix, prefix, std::make_shared<redis::RedisHealth>(address, notify)});
  return servers;
}

}  // namespace

EmulatedBackend::EmulatedBackend(engine::Engine& engine, loop::WallClock& clock,
                                 const loop::EmulationSpec& spec, const dag::Dag& dag,
                                 const computations::Computation& computation, uint64_t seed,
                                 const redis::Notify& notify)
    : engine_(engine),
      clock_(clock),
      spec_(spec),
      dag_(dag),
      computation_(computation),
      seed_(seed),
      tasks_(worker_threads(spec)),
      copiers_(1),
      memory_(tasks_, computation) {
  if (spec.store != "in-process") redis_ = servers_of_run(spec.store, notify);
}

EmulatedBackend::~EmulatedBackend() = default;

std::unique_ptr<hosts::TaskRunner> EmulatedBackend::task_runner(std::unique_ptr<hosts::TaskRunner>,
                                                                const accounting::Books& books) {
  const containers::ContainerTaskRunner::Parts parts{
      engine_, clock_, memory_, dag_, computation_, measurements_, kept_, spec_, seed_};
  return std::make_unique<containers::ContainerTaskRunner>(parts, books);
}

std::unique_ptr<stores::ByteStore> EmulatedBackend::make_bytes() {
  if (redis_.empty())
    return std::make_unique<stores::InProcessBytes>(engine_, clock_, copiers_, measurements_);
  ++stores_made_;
  std::vector<redis::RedisServerOfRun> servers;
  for (const redis::RedisServerOfRun& server : redis_) servers.push_back(of_next_store(server));
  return std::make_unique<stores::RedisBytes>(engine_, clock_, servers);
}

// Two stores may have objects of the same number.
redis::RedisServerOfRun EmulatedBackend::of_next_store(
    const redis::RedisServerOfRun& server) const {
  return {server.address, server.run, server.run + std::to_string(stores_made_) + ":",
          server.health};
}

storage::StoreParts EmulatedBackend::object_store(storage::StoreParts modelled,
                                                  const accounting::Books& books) {
  storage::StoreParts parts = spec_.network == loop::ModelledNetwork::modelled
                                  ? std::move(modelled)
                                  : stores::without_time(std::move(modelled), books);
  const stores::EmulatedStore::Parts here{engine_, memory_, dag_, computation_, measurements_};
  auto store =
      std::make_unique<stores::EmulatedStore>(here, make_bytes(), std::move(parts.objects));
  stores_.push_back(store.get());
  parts.objects = std::move(store);
  return parts;
}

std::unique_ptr<storage::MetadataStore> EmulatedBackend::metadata_store(
    std::unique_ptr<storage::MetadataStore> modelled, const accounting::Books& books) {
  // Both count really: the modelled one takes its time, the other takes none.
  std::unique_ptr<storage::MetadataStore> counters = std::move(modelled);
  if (spec_.network == loop::ModelledNetwork::none)
    counters = std::make_unique<stores::InProcessMetadata>(books);
  if (redis_.empty()) return counters;
  ++stores_made_;
  return std::make_unique<stores::RedisCounters>(engine_, clock_, of_next_store(redis_.front()),
                                                 std::move(counters), measurements_);
}

engine::Task<> EmulatedBackend::read_results(std::map<ObjectId, kernels::Value>& results) {
  for (const TaskId sink : dag_.sinks()) {
    for (const ObjectId object : dag_.outputs(sink)) {
      for (stores::EmulatedStore* const store : stores_) {
        if (results.contains(object) || !store->holds(object)) continue;
        stores::ReadReply reply = co_await store->read(object);
        if (reply.status == storage::StoreStatus::ok) results[object] = std::move(reply.value);
      }
    }
  }
}

computations::Verification EmulatedBackend::verify() {
  std::map<ObjectId, kernels::Value> results;
  engine_.spawn(read_results(results), "results");
  engine_.run();
  return computation_.verify([&](ObjectId object) {
    const auto found = results.find(object);
    if (found != results.end()) return found->second;
    if (const auto held = memory_.find_anywhere(object)) return *held;
    const auto kept = kept_.find(object);
    if (kept == kept_.end())
      throw std::runtime_error("the run has left no result " + dag_.name(object));
    return kept->second;
  });
}

std::string EmulatedBackend::outages() const {
  std::string text;
  for (const redis::RedisServerOfRun& server : redis_) {
    const std::string outage = server.health->outage();
    if (!outage.empty()) text += (text.empty() ? "" : "; ") + outage;
  }
  return text;
}

}  // namespace wukong::emulation

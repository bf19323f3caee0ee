#include "runtime/emulated_backend.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "runtime/in_process_bytes.h"
#include "runtime/in_process_metadata.h"
#include "runtime/redis_bytes.h"
#include "runtime/redis_counters.h"
#include "runtime/untimed_store.h"

namespace wukong::runtime {
namespace {

unsigned worker_threads(const EmulationSpec& spec) {
  if (spec.workers) return static_cast<unsigned>(*spec.workers);
  return std::max(1u, std::thread::hardware_concurrency());
}

// Tells the keys of this run from those of others on the same server.
std::string run_prefix() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return "wukong:" + std::to_string(getpid()) + ":" +
         std::to_string(std::chrono::nanoseconds(now).count()) + ":";
}

}  // namespace

EmulatedBackend::EmulatedBackend(sim::Engine& engine, WallClock& clock, const EmulationSpec& spec,
                                 const workloads::Dag& dag,
                                 const workloads::Computation& computation, uint64_t seed)
    : engine_(engine),
      clock_(clock),
      spec_(spec),
      dag_(dag),
      computation_(computation),
      seed_(seed),
      tasks_(worker_threads(spec)),
      copiers_(1),
      memory_(tasks_, computation) {
  if (spec.store != "in-process") redis_ = parse_redis_addresses(spec.store);
}

EmulatedBackend::~EmulatedBackend() = default;

std::unique_ptr<sim::TaskRunner> EmulatedBackend::task_runner(std::unique_ptr<sim::TaskRunner>,
                                                              const sim::Books& books) {
  const ContainerTaskRunner::Parts parts{engine_,       clock_, memory_, dag_, computation_,
                                         measurements_, kept_,  spec_,   seed_};
  return std::make_unique<ContainerTaskRunner>(parts, books);
}

std::unique_ptr<ByteStore> EmulatedBackend::make_bytes() {
  if (redis_.empty())
    return std::make_unique<InProcessBytes>(engine_, clock_, copiers_, measurements_);
  return std::make_unique<RedisBytes>(engine_, clock_, redis_, run_prefix());
}

sim::StoreParts EmulatedBackend::object_store(sim::StoreParts modelled, const sim::Books& books) {
  sim::StoreParts parts = spec_.network == ModelledNetwork::modelled
                              ? std::move(modelled)
                              : without_time(std::move(modelled), books);
  const EmulatedStore::Parts here{engine_, memory_, dag_, computation_, measurements_};
  auto store = std::make_unique<EmulatedStore>(here, make_bytes(), std::move(parts.objects));
  stores_.push_back(store.get());
  parts.objects = std::move(store);
  return parts;
}

std::unique_ptr<sim::MetadataStore> EmulatedBackend::metadata_store(
    std::unique_ptr<sim::MetadataStore> modelled, const sim::Books& books) {
  // Both count really: the modelled one takes its time, the other takes none.
  std::unique_ptr<sim::MetadataStore> counters = std::move(modelled);
  if (spec_.network == ModelledNetwork::none) counters = std::make_unique<InProcessMetadata>(books);
  if (redis_.empty()) return counters;
  return std::make_unique<RedisCounters>(engine_, clock_, redis_.front(), run_prefix(),
                                         std::move(counters), measurements_);
}

sim::Task<> EmulatedBackend::read_results(std::map<ObjectId, workloads::Value>& results) {
  for (const TaskId sink : dag_.sinks()) {
    for (const ObjectId object : dag_.outputs(sink)) {
      for (EmulatedStore* const store : stores_) {
        if (results.contains(object) || !store->holds(object)) continue;
        ReadReply reply = co_await store->read(object);
        if (reply.status == sim::StoreStatus::ok) results[object] = std::move(reply.value);
      }
    }
  }
}

workloads::Verification EmulatedBackend::verify() {
  std::map<ObjectId, workloads::Value> results;
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

}  // namespace wukong::runtime

#include "sim/platform/platform.h"

#include <algorithm>

#include "sim/base/error.h"
#include "sim/engine/span.h"
#include "sim/hosts/modelled_task_runner.h"
#include "sim/storage/redis_metadata.h"
#include "sim/storage/redis_servers.h"
#include "sim/storage/redis_store.h"
#include "sim/storage/s3_store.h"
#include "sim/storage/sqs_queue.h"

namespace wukong::platform {

void PlatformSpec::visit(FieldVisitor& v) {
  v.group("functions", functions);
  v.group("network", network);
  v.group("compute", compute);
  v.group("redis", redis);
  v.group("s3", s3);
  v.group("queue", queue);
  v.table("machines", machines);
  for (auto& [name, type] : machines) type.name = name;
}

Platform::Platform(engine::Engine& engine, const PlatformSpec& spec, uint64_t seed)
    : Platform(engine, spec, seed, modelled_) {}

Platform::Platform(engine::Engine& engine, const PlatformSpec& spec, uint64_t seed,
                   Backend& backend)
    : backend_(backend),
      engine_(engine),
      spec_(spec),
      seed_(seed),
      resources_(engine),
      network_(resources_, spec.network.message_bytes),
      hosts_(network_, backend.values()),
      lambda_(std::make_unique<functions::LambdaService>(engine, hosts_, usage_, ledger_,
                                                         spec.functions, seed)),
      tasks_(backend.task_runner(std::make_unique<hosts::ModelledTaskRunner>(books_, spec.compute),
                                 books_)) {}

Platform::~Platform() { engine_.clear(); }

hosts::Machine& Platform::rent(const std::string& type, accounting::CostItem item) {
  hosts::Machine& machine = borrow(type);
  rentals_.push_back({machine, item, engine_.now()});
  return machine;
}

hosts::Machine& Platform::borrow(const std::string& type) {
  const auto found = spec_.machines.find(type);
  if (found == spec_.machines.end()) {
    std::vector<std::string> names;
    for (const auto& [name, machine] : spec_.machines) names.push_back(name);
    throw Error(ErrorPlace{.file = "", .line = 0, .key = "platform.machines"},
                "a machine type of the platform", "\"" + type + "\"" + did_you_mean(type, names));
  }
  const network::LinkSpec& network = found->second.network;
  hosts::Host host = add_host(found->second.vcpus, found->second.memory, network, network);
  host.memory_bus = network::MemoryBus(resources_, found->second.memory_bandwidth);
  host.cores = hosts::Cores(resources_, found->second.vcpus);
  name_host(host, type);
  return machines_.emplace_back(engine_, found->second, host);
}

void Platform::name_host(const hosts::Host& host, std::string_view name) {
  engine::tell_host(engine_, host.id.value(), engine::HostKind::machine, name);
}

storage::StoreParts Platform::model_store(const storage::StoreSpec& store) {
  if (store.kind == storage::StoreKind::s3)
    return {std::make_unique<storage::OneAddress>(),
            std::make_unique<storage::S3Store>(books_, network_, spec_.s3, seed_)};
  std::vector<hosts::Host> hosts;
  for (int64_t shard = 0; shard < store.shards; ++shard)
    hosts.push_back(rent(store.machine, accounting::CostItem::storage).host);
  auto servers =
      std::make_unique<storage::RedisServers>(engine_, network_, spec_.redis, hosts, store, seed_);
  auto objects = std::make_unique<storage::RedisStore>(books_, network_, spec_.redis, *servers);
  return {std::move(servers), std::move(objects)};
}

storage::ObjectStore& Platform::add_store(const storage::StoreSpec& store) {
  stores_.push_back(backend_.object_store(model_store(store), books_));
  return *stores_.back().objects;
}

storage::StoreServers& Platform::servers_of(const storage::ObjectStore& store) {
  const auto found = std::find_if(
      stores_.begin(), stores_.end(),
      [&store](const storage::StoreParts& parts) { return parts.objects.get() == &store; });
  ENSURE(found != stores_.end() && "a store of another platform");
  return *found->servers;
}

storage::MetadataStore& Platform::add_metadata_store(const hosts::Host& server) {
  auto modelled = std::make_unique<storage::RedisMetadata>(books_, network_, spec_.redis, server);
  metadata_stores_.push_back(backend_.metadata_store(std::move(modelled), books_));
  return *metadata_stores_.back();
}

storage::MessageQueue& Platform::add_queue() {
  auto modelled = std::make_unique<storage::SqsQueue>(books_, spec_.queue, seed_, queues_.size());
  queues_.push_back(backend_.message_queue(std::move(modelled)));
  return *queues_.back();
}

void Platform::settle() {
  ENSURE(!settled_ && "a run is settled once");
  settled_ = true;
  for (const Rental& rental : rentals_) {
    const Duration held = engine_.now() - rental.since;
    ledger_.charge(rental.item, hosts::rental_cost(rental.machine.type, held));
    if (rental.item == accounting::CostItem::machines)
      machine_vcpu_s_ += rental.machine.type.vcpus * held.to_seconds();
  }
}

size_t Platform::kept_messages() const {
  size_t kept = 0;
  for (const auto& queue : queues_) kept += queue->kept();
  return kept;
}

std::vector<const hosts::Machine*> Platform::storage_machines() const {
  std::vector<const hosts::Machine*> machines;
  for (const Rental& rental : rentals_)
    if (rental.item == accounting::CostItem::storage) machines.push_back(&rental.machine);
  return machines;
}

Money Platform::cost_so_far() const {
  Money cost = ledger_.total();
  if (settled_) return cost;
  for (const Rental& rental : rentals_)
    cost += hosts::rental_cost(rental.machine.type, engine_.now() - rental.since);
  return cost;
}

double Platform::machine_vcpu_s() const {
  ENSURE(settled_ && "machines are held until the run is settled");
  return machine_vcpu_s_;
}

}  // namespace wukong::platform

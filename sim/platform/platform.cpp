#include "sim/platform/platform.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>
#include <vector>

#include "sim/accounting/books.h"
#include "sim/accounting/execution_limit.h"
#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/base/error.h"
#include "sim/base/random.h"
#include "sim/engine/engine.h"
#include "sim/engine/span.h"
#include "sim/fluid/fluid.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/host_factory.h"
#include "sim/hosts/machine.h"
#include "sim/hosts/modelled_task_runner.h"
#include "sim/hosts/mortal_host.h"
#include "sim/network/network.h"
#include "sim/platform/backend.h"
#include "sim/platform/cloud.h"
#include "sim/platform/platform_spec.h"
#include "sim/storage/redis_metadata.h"
#include "sim/storage/redis_servers.h"
#include "sim/storage/redis_store.h"
#include "sim/storage/s3_store.h"
#include "sim/storage/sqs_queue.h"

namespace wukong::platform {

struct Platform::Parts {
  struct Rental {
    hosts::Machine& machine;
    accounting::CostItem item;
    Time since;
  };

  Parts(std::unique_ptr<Cloud> made, Cloud& cloud, uint64_t seed, Platform* shared)
      : own_cloud(std::move(made)),
        cloud(cloud),
        shared(shared),
        seed(seed),
        books{cloud.engine(), usage, ledger, &executions},
        lambda(cloud.functions(), usage, ledger, seed),
        tasks(cloud.backend().task_runner(
            std::make_unique<hosts::ModelledTaskRunner>(books, cloud.spec().compute), books)) {}

  const std::unique_ptr<Cloud> own_cloud;  // of a platform that is alone
  Cloud& cloud;
  Platform* const shared;  // null: none
  const uint64_t seed;
  accounting::Usage usage;
  accounting::Ledger ledger;
  accounting::ExecutionLimit executions;
  const accounting::Books books;
  functions::LambdaClient lambda;
  std::unique_ptr<hosts::TaskRunner> tasks;
  uint32_t hosts = 0;  // that it has made
  std::deque<hosts::Machine> machines;
  std::vector<Rental> rentals;
  std::deque<hosts::MortalHost> mortals;
  std::map<uint32_t, storage::RedisServer> redis;  // on machines of something else, by host
  std::vector<std::pair<storage::StoreSpec, std::unique_ptr<storage::RedisServers>>> for_all;
  std::deque<storage::StoreParts> stores;
  std::deque<std::unique_ptr<storage::MetadataStore>> metadata_stores;
  std::vector<HostId> metadata_hosts;
  std::deque<std::unique_ptr<storage::MessageQueue>> queues;
  bool settled = false;
  double machine_vcpu_s = 0;
};

Platform::Platform(engine::Engine& engine, const PlatformSpec& spec, uint64_t seed)
    : Platform(std::make_unique<Cloud>(engine, spec), seed) {}

Platform::Platform(engine::Engine& engine, const PlatformSpec& spec, uint64_t seed,
                   Backend& backend)
    : Platform(std::make_unique<Cloud>(engine, spec, backend), seed) {}

Platform::Platform(std::unique_ptr<Cloud> cloud, uint64_t seed)
    : Platform(std::make_unique<Parts>(std::move(cloud), *cloud, seed, nullptr)) {}

Platform::Platform(Cloud& cloud, uint64_t seed, Platform* shared)
    : Platform(std::make_unique<Parts>(nullptr, cloud, seed, shared)) {}

Platform::Platform(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)),
      engine_(parts_->books.engine),
      spec_(parts_->cloud.spec()),
      resources_(parts_->cloud.resources()),
      network_(parts_->cloud.network()),
      lambda_(parts_->lambda),
      tasks_(*parts_->tasks),
      values_(parts_->cloud.backend().values()),
      usage_(parts_->usage),
      ledger_(parts_->ledger),
      executions_(parts_->executions) {}

Platform::~Platform() {
  if (parts_->own_cloud)
    engine_.clear();
  else
    for (hosts::Machine& machine : parts_->machines) release(machine);
}

Cloud& Platform::cloud() { return parts_->cloud; }

RandomStream Platform::random(std::string_view name) const { return {parts_->seed, name}; }

hosts::Host Platform::add_host(double vcpus, Bytes memory, const network::LinkSpec& inbound,
                               const network::LinkSpec& outbound) {
  hosts::Host made = parts_->cloud.hosts().make(vcpus, memory, inbound, outbound);
  made.number = parts_->hosts++;
  return made;
}

hosts::Host Platform::add_process(const hosts::Host& machine, Bytes memory) {
  hosts::Host made = parts_->cloud.hosts().make_process(machine, memory);
  made.number = parts_->hosts++;
  return made;
}

void Platform::add_mortal(const hosts::Host& host, InlineFunction<void(), 16> dies) {
  parts_->mortals.push_back({host.id, std::move(dies)});
}

std::deque<hosts::MortalHost>& Platform::mortals() { return parts_->mortals; }

hosts::Machine& Platform::rent(const std::string& type) {
  return rent(type, accounting::CostItem::machines);
}

hosts::Machine& Platform::rent(const std::string& type, accounting::CostItem item) {
  hosts::Machine& machine = borrow(type);
  parts_->rentals.push_back({machine, item, engine_.now()});
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
  return parts_->machines.emplace_back(engine_, found->second, host);
}

// What runs on a cloud that goes on leaves nothing there.
void Platform::release(hosts::Machine& machine) {
  machine.host.memory_bus.remove();
  machine.host.cores.remove();
  parts_->cloud.hosts().remove(machine.host);
}

void Platform::name_host(const hosts::Host& host, std::string_view name) {
  engine::tell_host(engine_, host.id.value(), engine::HostKind::machine, name);
}

storage::StoreParts Platform::model_store(const storage::StoreSpec& store) {
  if (store.kind == storage::StoreKind::s3)
    return {std::make_unique<storage::OneAddress>(),
            std::make_unique<storage::S3Store>(parts_->books, network_, spec_.s3, parts_->seed)};
  auto servers = parts_->shared == nullptr
                     ? rent_servers(store)
                     : std::make_unique<storage::RedisServers>(
                           parts_->shared->servers_for_all(store), store, parts_->seed);
  auto objects =
      std::make_unique<storage::RedisStore>(parts_->books, network_, spec_.redis, *servers);
  return {std::move(servers), std::move(objects)};
}

std::unique_ptr<storage::RedisServers> Platform::rent_servers(const storage::StoreSpec& store) {
  std::vector<hosts::Host> hosts;
  for (int64_t shard = 0; shard < store.shards; ++shard)
    hosts.push_back(rent(store.machine, accounting::CostItem::storage).host);
  return std::make_unique<storage::RedisServers>(engine_, network_, spec_.redis, hosts, store,
                                                 parts_->seed);
}

storage::RedisServers& Platform::servers_for_all(const storage::StoreSpec& store) {
  for (const auto& [spec, servers] : parts_->for_all)
    if (spec == store) return *servers;
  return *parts_->for_all.emplace_back(store, rent_servers(store)).second;
}

storage::ObjectStore& Platform::add_store(const storage::StoreSpec& store) {
  parts_->stores.push_back(parts_->cloud.backend().object_store(model_store(store), parts_->books));
  return *parts_->stores.back().objects;
}

storage::ObjectStore& Platform::add_store_on(const hosts::Host& server) {
  auto servers = std::make_unique<storage::RedisServers>(engine_, spec_.redis, redis_on(server));
  auto objects =
      std::make_unique<storage::RedisStore>(parts_->books, network_, spec_.redis, *servers);
  storage::StoreParts modelled{std::move(servers), std::move(objects)};
  const auto& beside = parts_->metadata_hosts;
  const auto found = std::find(beside.begin(), beside.end(), server.id);
  if (found != beside.end()) modelled.beside = static_cast<uint32_t>(found - beside.begin());
  parts_->stores.push_back(
      parts_->cloud.backend().object_store(std::move(modelled), parts_->books));
  return *parts_->stores.back().objects;
}

storage::RedisServer& Platform::redis_on(const hosts::Host& server) {
  return parts_->redis
      .try_emplace(server.id.value(), engine_, network_, spec_.redis, server, parts_->seed)
      .first->second;
}

storage::StoreServers& Platform::servers_of(const storage::ObjectStore& store) {
  const auto found = std::find_if(
      parts_->stores.begin(), parts_->stores.end(),
      [&store](const storage::StoreParts& parts) { return parts.objects.get() == &store; });
  ENSURE(found != parts_->stores.end() && "a store of another platform");
  return *found->servers;
}

storage::MetadataStore& Platform::add_metadata_store(const hosts::Host& server) {
  auto modelled = std::make_unique<storage::RedisMetadata>(parts_->books, network_, spec_.redis,
                                                           redis_on(server));
  parts_->metadata_hosts.push_back(server.id);
  parts_->metadata_stores.push_back(
      parts_->cloud.backend().metadata_store(std::move(modelled), parts_->books));
  return *parts_->metadata_stores.back();
}

storage::MessageQueue& Platform::add_queue() {
  auto modelled = std::make_unique<storage::SqsQueue>(parts_->books, spec_.queue, parts_->seed,
                                                      parts_->queues.size());
  parts_->queues.push_back(parts_->cloud.backend().message_queue(std::move(modelled)));
  return *parts_->queues.back();
}

void Platform::settle() {
  ENSURE(!parts_->settled && "a run is settled once");
  parts_->settled = true;
  for (const Parts::Rental& rental : parts_->rentals) {
    const Duration held = engine_.now() - rental.since;
    ledger_.charge(rental.item, hosts::rental_cost(rental.machine.type, held));
    if (rental.item == accounting::CostItem::machines)
      parts_->machine_vcpu_s += rental.machine.type.vcpus * held.to_seconds();
  }
}

std::vector<RentedMachine> Platform::rentals() const {
  std::vector<RentedMachine> rented;
  for (const Parts::Rental& rental : parts_->rentals)
    rented.push_back({&rental.machine.type, rental.item, rental.since});
  return rented;
}

size_t Platform::kept_messages() const {
  size_t kept = 0;
  for (const auto& queue : parts_->queues) kept += queue->kept();
  return kept;
}

std::vector<const hosts::Machine*> Platform::storage_machines() const {
  std::vector<const hosts::Machine*> machines;
  for (const Parts::Rental& rental : parts_->rentals)
    if (rental.item == accounting::CostItem::storage) machines.push_back(&rental.machine);
  return machines;
}

Money Platform::cost_so_far() const {
  Money cost = ledger_.total();
  if (parts_->settled) return cost;
  for (const Parts::Rental& rental : parts_->rentals)
    cost += hosts::rental_cost(rental.machine.type, engine_.now() - rental.since);
  return cost;
}

double Platform::machine_vcpu_s() const {
  ENSURE(parts_->settled && "machines are held until the run is settled");
  return parts_->machine_vcpu_s;
}

}  // namespace wukong::platform

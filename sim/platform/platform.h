// A cloud as one job sees it, ready to run one system: its own client of the function service, its
// own stores, machines, books and random streams. What a policy is given. Most runs have one job,
// and so one platform with a cloud of its own; many jobs share one. Whoever uses a service includes
// the service's own header, too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/inline_function.h"
#include "sim/platform/rented_machine.h"

namespace wukong {
class Bytes;
class Money;
class RandomStream;
}  // namespace wukong

namespace wukong::accounting {
class ExecutionLimit;
class Ledger;
struct Usage;
}  // namespace wukong::accounting

namespace wukong::engine {
class Engine;
}  // namespace wukong::engine

namespace wukong::fluid {
class Pool;
}  // namespace wukong::fluid

namespace wukong::functions {
class LambdaClient;
}  // namespace wukong::functions

namespace wukong::hosts {
struct Host;
struct Machine;
struct MortalHost;
class TaskRunner;
class Values;
}  // namespace wukong::hosts

namespace wukong::network {
struct LinkSpec;
class Network;
}  // namespace wukong::network

namespace wukong::storage {
class MessageQueue;
class MetadataStore;
class ObjectStore;
class RedisServer;
class RedisServers;
class StoreServers;
struct StoreParts;
struct StoreSpec;
}  // namespace wukong::storage

namespace wukong::platform {

class Backend;
class Cloud;
struct PlatformSpec;

class Platform {
 public:
  // What is given outlives the platform.
  Platform(engine::Engine& engine, const PlatformSpec& spec, uint64_t seed, Backend& backend);
  // A simulated one.
  Platform(engine::Engine& engine, const PlatformSpec& spec, uint64_t seed);
  // A job's, beside others on the same cloud, which outlives it. So does `shared`, if it is given:
  // then the job's stores are on servers that `shared` rents, once for all jobs that want the same.
  Platform(Cloud& cloud, uint64_t seed, Platform* shared = nullptr);
  // With a cloud of its own: kills every process first, since they use what is below. Else they
  // have ended.
  ~Platform();

  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;

  // What it may share with other jobs.
  Cloud& cloud();

  engine::Engine& engine() { return engine_; }
  const PlatformSpec& spec() const { return spec_; }
  // What activities share: links, cores, memory buses and the like are resources of it.
  fluid::Pool& resources() { return resources_; }
  const fluid::Pool& resources() const { return resources_; }
  network::Network& network() { return network_; }
  const network::Network& network() const { return network_; }
  functions::LambdaClient& lambda() { return lambda_; }
  const functions::LambdaClient& lambda() const { return lambda_; }
  hosts::TaskRunner& tasks() { return tasks_; }
  hosts::Values& values() { return values_; }
  accounting::Usage& usage() { return usage_; }
  const accounting::Usage& usage() const { return usage_; }
  accounting::Ledger& ledger() { return ledger_; }
  accounting::ExecutionLimit& executions() { return executions_; }
  // A random stream of its own for whoever asks, by name.
  RandomStream random(std::string_view name) const;

  // A new host; its links are made with it.
  hosts::Host add_host(double vcpus, Bytes memory, const network::LinkSpec& inbound,
                       const network::LinkSpec& outbound);
  // A process on a machine, with memory of its own: it shares the rest with the others there.
  hosts::Host add_process(const hosts::Host& machine, Bytes memory);
  // Rents a machine until the end of the run, and is charged for it as a machine, or as what is
  // said. Throws Error if the spec has no such type.
  hosts::Machine& rent(const std::string& type);
  hosts::Machine& rent(const std::string& type, accounting::CostItem item);
  // A machine like that, which somebody else pays for.
  hosts::Machine& borrow(const std::string& type);

  // The name of a host for those who watch the run, e.g. "scheduler". A rented machine has the name
  // of its type until then.
  void name_host(const hosts::Host& host, std::string_view name);

  // The host may die, and `dies` is to be told.
  void add_mortal(const hosts::Host& host, InlineFunction<void(), 16> dies);
  std::deque<hosts::MortalHost>& mortals();

  // Stores live as long as the platform. A store of Redis rents a machine for each shard.
  storage::ObjectStore& add_store(const storage::StoreSpec& store);
  // In the Redis of a machine that is there already, and paid for as what it is. What is added for
  // the same machine is in the same process.
  storage::ObjectStore& add_store_on(const hosts::Host& server);
  // The servers behind a store of this platform.
  storage::StoreServers& servers_of(const storage::ObjectStore& store);
  storage::MetadataStore& add_metadata_store(const hosts::Host& server);
  storage::MessageQueue& add_queue();

  // Ends the run: charges what is billed by the time it was held. Called once.
  void settle();
  // vCPUs times time of the machines that were rented as machines; those of stores are not counted.
  // REQUIRES: the run is settled.
  double machine_vcpu_s() const;

  // For checks: what is rented, in the order of the rentals; messages that were sent and not
  // removed.
  std::vector<RentedMachine> rentals() const;
  size_t kept_messages() const;

  // For whoever watches the run: the machines of stores, in the order of their shards, and what has
  // been charged so far, with the machines until now.
  std::vector<const hosts::Machine*> storage_machines() const;
  Money cost_so_far() const;

 private:
  struct Parts;  // all that the platform owns

  Platform(std::unique_ptr<Cloud> cloud, uint64_t seed);
  explicit Platform(std::unique_ptr<Parts> parts);
  void release(hosts::Machine& machine);
  storage::StoreParts model_store(const storage::StoreSpec& store);
  std::unique_ptr<storage::RedisServers> rent_servers(const storage::StoreSpec& store);
  storage::RedisServers& servers_for_all(const storage::StoreSpec& store);
  storage::RedisServer& redis_on(const hosts::Host& server);

  const std::unique_ptr<Parts> parts_;
  // What is in the parts, or given to them, and asked for often.
  engine::Engine& engine_;
  const PlatformSpec& spec_;
  fluid::Pool& resources_;
  network::Network& network_;
  functions::LambdaClient& lambda_;
  hosts::TaskRunner& tasks_;
  hosts::Values& values_;
  accounting::Usage& usage_;
  accounting::Ledger& ledger_;
  accounting::ExecutionLimit& executions_;
};

}  // namespace wukong::platform

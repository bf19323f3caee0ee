// One platform, ready to run one system: the services, wired to one engine and one seed. What a
// policy is given. PlatformSpec holds every parameter; it comes from a preset, an experiment file
// and flags.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/base/random.h"
#include "sim/engine/engine.h"
#include "sim/functions/lambda_service.h"
#include "sim/functions/lambda_spec.h"
#include "sim/hosts/compute.h"
#include "sim/hosts/host_factory.h"
#include "sim/hosts/machine.h"
#include "sim/hosts/mortal_host.h"
#include "sim/hosts/task_runner.h"
#include "sim/network/network.h"
#include "sim/platform/backend.h"
#include "sim/storage/message_queue.h"
#include "sim/storage/metadata_store.h"
#include "sim/storage/object_store.h"
#include "sim/storage/storage_spec.h"
#include "sim/storage/store_servers.h"

namespace wukong::platform {

struct PlatformSpec {
  functions::LambdaSpec functions;
  network::NetworkSpec network;
  hosts::ComputeSpec compute;
  storage::RedisSpec redis;
  storage::S3Spec s3;
  storage::QueueSpec queue;
  std::map<std::string, hosts::MachineType> machines;

  void visit(FieldVisitor& v);
};

class Platform {
 public:
  Platform(engine::Engine& engine, const PlatformSpec& spec, uint64_t seed, Backend& backend);
  // A simulated one.
  Platform(engine::Engine& engine, const PlatformSpec& spec, uint64_t seed);
  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;
  // Kills every process first: they use what is below.
  ~Platform();

  engine::Engine& engine() { return engine_; }
  const PlatformSpec& spec() const { return spec_; }
  // What activities share: links, cores, memory buses and the like are resources of it.
  fluid::Pool& resources() { return resources_; }
  const fluid::Pool& resources() const { return resources_; }
  network::Network& network() { return network_; }
  const network::Network& network() const { return network_; }
  functions::LambdaService& lambda() { return *lambda_; }
  const functions::LambdaService& lambda() const { return *lambda_; }
  hosts::TaskRunner& tasks() { return *tasks_; }
  hosts::Values& values() { return backend_.values(); }
  accounting::Usage& usage() { return usage_; }
  const accounting::Usage& usage() const { return usage_; }
  accounting::Ledger& ledger() { return ledger_; }
  accounting::ExecutionLimit& executions() { return executions_; }
  // A random stream of its own for whoever asks, by name.
  RandomStream random(std::string_view name) const { return RandomStream(seed_, name); }

  // A new host; its links are made with it.
  hosts::Host add_host(double vcpus, Bytes memory, const network::LinkSpec& inbound,
                       const network::LinkSpec& outbound) {
    return hosts_.make(vcpus, memory, inbound, outbound);
  }
  // A process on a machine, with memory of its own: it shares the rest with the others there.
  hosts::Host add_process(const hosts::Host& machine, Bytes memory) {
    return hosts_.make_process(machine, memory);
  }
  // Rents a machine until the end of the run. Storage machines are billed as storage, others as
  // machines. Throws Error if the spec has no such type.
  hosts::Machine& rent(const std::string& type,
                       accounting::CostItem item = accounting::CostItem::machines);
  // A machine like that, which somebody else pays for.
  hosts::Machine& borrow(const std::string& type);

  // The name of a host for those who watch the run, e.g. "scheduler". A rented machine has the name
  // of its type until then.
  void name_host(const hosts::Host& host, std::string_view name);

  // The host may die, and `dies` is to be told.
  void add_mortal(const hosts::Host& host, InlineFunction<void(), 16> dies) {
    mortals_.push_back({host.id, std::move(dies)});
  }
  std::deque<hosts::MortalHost>& mortals() { return mortals_; }

  // Stores live as long as the platform. A store of Redis rents a machine for each shard.
  storage::ObjectStore& add_store(const storage::StoreSpec& store);
  // The servers behind a store of this platform.
  storage::StoreServers& servers_of(const storage::ObjectStore& store);
  storage::MetadataStore& add_metadata_store(const hosts::Host& server);
  storage::MessageQueue& add_queue();

  // Ends the run: charges what is billed by the time it was held. Called once.
  void settle();
  // vCPUs times time of the machines that were rented as machines; those of stores are not counted.
  // REQUIRES: the run is settled.
  double machine_vcpu_s() const;

  // For checks: messages that were sent and not removed.
  size_t kept_messages() const;

  // For whoever watches the run: the machines of stores, in the order of their shards, and what has
  // been charged so far, with the machines until now.
  std::vector<const hosts::Machine*> storage_machines() const;
  Money cost_so_far() const;

 private:
  storage::StoreParts model_store(const storage::StoreSpec& store);

  ModelledBackend modelled_;
  Backend& backend_;
  engine::Engine& engine_;
  const PlatformSpec& spec_;
  uint64_t seed_;
  accounting::Usage usage_;
  accounting::Ledger ledger_;
  fluid::Pool resources_;
  accounting::ExecutionLimit executions_;
  const accounting::Books books_{engine_, usage_, ledger_, &executions_};
  network::Network network_;
  hosts::HostFactory hosts_;
  std::unique_ptr<functions::LambdaService> lambda_;
  std::unique_ptr<hosts::TaskRunner> tasks_;
  struct Rental {
    hosts::Machine& machine;
    accounting::CostItem item;
    Time since;
  };
  std::deque<hosts::Machine> machines_;
  std::vector<Rental> rentals_;
  std::deque<hosts::MortalHost> mortals_;
  std::deque<storage::StoreParts> stores_;
  std::deque<std::unique_ptr<storage::MetadataStore>> metadata_stores_;
  std::deque<std::unique_ptr<storage::MessageQueue>> queues_;
  bool settled_ = false;
  double machine_vcpu_s_ = 0;
};

}  // namespace wukong::platform

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

#include "sim/base/random.h"
#include "sim/engine/engine.h"
#include "sim/platform/backend.h"
#include "sim/platform/compute.h"
#include "sim/platform/host_factory.h"
#include "sim/platform/lambda_service.h"
#include "sim/platform/lambda_spec.h"
#include "sim/platform/ledger.h"
#include "sim/platform/machine.h"
#include "sim/platform/message_queue.h"
#include "sim/platform/metadata_store.h"
#include "sim/platform/mortal_host.h"
#include "sim/platform/network.h"
#include "sim/platform/object_store.h"
#include "sim/platform/storage_spec.h"
#include "sim/platform/store_servers.h"
#include "sim/platform/task_runner.h"
#include "sim/platform/usage.h"

namespace wukong::sim {

struct PlatformSpec {
  LambdaSpec functions;
  NetworkSpec network;
  ComputeSpec compute;
  RedisSpec redis;
  S3Spec s3;
  QueueSpec queue;
  std::map<std::string, MachineType> machines;

  void visit(FieldVisitor& v);
};

class Platform {
 public:
  Platform(Engine& engine, const PlatformSpec& spec, uint64_t seed, Backend& backend);
  // A simulated one.
  Platform(Engine& engine, const PlatformSpec& spec, uint64_t seed);
  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;
  // Kills every process first: they use what is below.
  ~Platform();

  Engine& engine() { return engine_; }
  const PlatformSpec& spec() const { return spec_; }
  // What activities share: links, cores, memory buses and the like are resources of it.
  fluid::Pool& resources() { return resources_; }
  const fluid::Pool& resources() const { return resources_; }
  Network& network() { return network_; }
  const Network& network() const { return network_; }
  LambdaService& lambda() { return *lambda_; }
  const LambdaService& lambda() const { return *lambda_; }
  TaskRunner& tasks() { return *tasks_; }
  Values& values() { return backend_.values(); }
  Usage& usage() { return usage_; }
  const Usage& usage() const { return usage_; }
  Ledger& ledger() { return ledger_; }
  // A random stream of its own for whoever asks, by name.
  RandomStream random(std::string_view name) const { return RandomStream(seed_, name); }

  // A new host; its links are made with it.
  Host add_host(double vcpus, Bytes memory, const LinkSpec& inbound, const LinkSpec& outbound) {
    return hosts_.make(vcpus, memory, inbound, outbound);
  }
  // A process on a machine, with memory of its own: it shares the rest with the others there.
  Host add_process(const Host& machine, Bytes memory) {
    return hosts_.make_process(machine, memory);
  }
  // Rents a machine until the end of the run. Storage machines are billed as storage, others as
  // machines. Throws Error if the spec has no such type.
  Machine& rent(const std::string& type, CostItem item = CostItem::machines);
  // A machine like that, which somebody else pays for.
  Machine& borrow(const std::string& type);

  // The name of a host for those who watch the run, e.g. "scheduler". A rented machine has the name
  // of its type until then.
  void name_host(const Host& host, std::string_view name);

  // The host may die, and `dies` is to be told.
  void add_mortal(const Host& host, InlineFunction<void(), 16> dies) {
    mortals_.push_back({host.id, std::move(dies)});
  }
  std::deque<MortalHost>& mortals() { return mortals_; }

  // Stores live as long as the platform. A store of Redis rents a machine for each shard.
  ObjectStore& add_store(const StoreSpec& store);
  // The servers behind a store of this platform.
  StoreServers& servers_of(const ObjectStore& store);
  MetadataStore& add_metadata_store(const Host& server);
  MessageQueue& add_queue();

  // Ends the run: charges what is billed by the time it was held. Called once.
  void settle();
  // vCPUs times time of the machines that were rented as machines; those of stores are not counted.
  // REQUIRES: the run is settled.
  double machine_vcpu_s() const;

  // For checks: messages that were sent and not removed.
  size_t kept_messages() const;

  // For whoever watches the run: the machines of stores, in the order of their shards, and what has
  // been charged so far, with the machines until now.
  std::vector<const Machine*> storage_machines() const;
  Money cost_so_far() const;

 private:
  StoreParts model_store(const StoreSpec& store);

  ModelledBackend modelled_;
  Backend& backend_;
  Engine& engine_;
  const PlatformSpec& spec_;
  uint64_t seed_;
  Usage usage_;
  Ledger ledger_;
  fluid::Pool resources_;
  const Books books_{engine_, usage_, ledger_};
  Network network_;
  HostFactory hosts_;
  std::unique_ptr<LambdaService> lambda_;
  std::unique_ptr<TaskRunner> tasks_;
  struct Rental {
    Machine& machine;
    CostItem item;
    Time since;
  };
  std::deque<Machine> machines_;
  std::vector<Rental> rentals_;
  std::deque<MortalHost> mortals_;
  std::deque<StoreParts> stores_;
  std::deque<std::unique_ptr<MetadataStore>> metadata_stores_;
  std::deque<std::unique_ptr<MessageQueue>> queues_;
  bool settled_ = false;
  double machine_vcpu_s_ = 0;
};

}  // namespace wukong::sim

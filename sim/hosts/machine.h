// Machines that are rented for the run: virtual machines and containers, for schedulers, proxies,
// stores and Dask's workers. Each is billed from its rental to the end of the run.
#pragma once

#include <optional>
#include <string>

#include "sim/base/bytes.h"
#include "sim/base/fields.h"
#include "sim/base/money.h"
#include "sim/engine/sync.h"
#include "sim/hosts/host.h"
#include "sim/network/network.h"

namespace wukong::hosts {

// A type of machine, e.g. "c5.4xlarge" or "fargate-4vcpu-30gb"; from the platform's preset.
struct MachineType {
  std::string name;
  double vcpus = 1;
  double vcpu_speed = 1;     // of a vCPU, in those of a function,
  double product_speed = 1;  // and for kernels that are made of matrix products
  // Two vCPUs share a core. One whose partner idles is so many times as fast.
  double lone_speed = 1;
  Bytes memory;
  network::LinkSpec network;   // each way
  Bandwidth memory_bandwidth;  // of all tasks that run on it
  Money price_per_hour;
  // Started for a run: billed by the second, at least so many. Absent: kept for many runs, each of
  // which pays for exactly its own time.
  std::optional<Duration> minimum_billing;

  void visit(FieldVisitor& v);
};

// For a machine that was held that long.
Money rental_cost(const MachineType& type, Duration held);

struct Machine {
  Machine(engine::Engine& engine, const MachineType& machine_type, Host machine_host)
      : type(machine_type),
        host(machine_host),
        cores(engine, static_cast<int64_t>(machine_type.vcpus)) {
    host.vcpu_speed = machine_type.vcpu_speed;
    host.product_speed = machine_type.product_speed;
    host.lone_speed = machine_type.lone_speed;
  }
  const MachineType& type;
  Host host;
  engine::Semaphore cores;
};

}  // namespace wukong::hosts

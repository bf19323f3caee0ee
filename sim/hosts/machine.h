// Machines that are rented for the run: virtual machines and containers, for schedulers, proxies,
// stores and Dask's workers. Each is billed from its rental to the end of the run.
#pragma once

#include "sim/engine/sync.h"
#include "sim/hosts/host.h"
#include "sim/hosts/machine_type.h"

namespace wukong::hosts {

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

// The types of the machines that can be rented, and what that costs.
#pragma once

#include <optional>
#include <string>

#include "sim/base/bytes.h"
#include "sim/base/money.h"
#include "sim/base/time.h"
#include "sim/network/network_spec.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

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

}  // namespace wukong::hosts

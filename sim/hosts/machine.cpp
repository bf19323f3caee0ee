#include "sim/hosts/machine.h"

#include <algorithm>

#include "sim/hosts/compute.h"
#include "sim/network/link_fields.h"

namespace wukong::hosts {

void MachineType::visit(FieldVisitor& v) {
  v.field("vcpus", vcpus, Bounds{1, 1e6});
  v.field("vcpu_speed", vcpu_speed, Bounds{0.1, 10});
  v.field("product_speed", product_speed, Bounds{0.1, 100});
  v.field("lone_speed", lone_speed, Bounds{1, 2});
  v.bytes("memory_gib", memory, kPositive);
  network::visit_link(v, network, network::kMachineLink);
  v.bandwidth("memory_bandwidth_gb_per_s", memory_bandwidth);
  v.money("price_usd_per_hour", price_per_hour);
  v.optional("minimum_billing_s", minimum_billing,
             [&](Duration& minimum) { v.duration("minimum_billing_s", minimum); });
}

Money rental_cost(const MachineType& type, Duration held) {
  if (!type.minimum_billing) return charge_hourly(type.price_per_hour, held);
  constexpr Duration kSecond = Duration::seconds(1);
  const int64_t seconds = (held + kSecond - Duration::nanoseconds(1)) / kSecond;
  return charge_hourly(type.price_per_hour, std::max(seconds * kSecond, *type.minimum_billing));
}

}  // namespace wukong::hosts

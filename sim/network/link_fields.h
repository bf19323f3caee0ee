// The rate and the burst of a link as parameters. Each kind of link has keys and units of its own.
#pragma once

#include <string_view>

#include "sim/base/fields.h"
#include "sim/network/network_spec.h"

namespace wukong::network {

struct LinkKeys {
  std::string_view rate;
  std::string_view burst;  // a map of the next two, or none
  std::string_view allowance;
  std::string_view burst_rate;  // in the unit of `rate`; at least that
};

// The interface of a machine.
inline constexpr LinkKeys kMachineLink{"network_gbit_per_s", "network_burst", "allowance_gb",
                                       "rate_gbit_per_s"};

void visit_link(FieldVisitor& v, LinkSpec& link, const LinkKeys& keys);

}  // namespace wukong::network

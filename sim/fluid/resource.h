// A resource: something that gives an amount per second, and that activities share.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "sim/base/check.h"
#include "sim/fluid/amount.h"
#include "sim/fluid/resource_id.h"

namespace wukong::fluid {

// A resource that starts out faster: at `rate`, until `allowance` beyond its base rate has been
// taken (burst_allowance.h).
struct Burst {
  Amount allowance;
  Rate rate;  // at least the base rate
};

// A resource that many activities together get less of: with n of them, its rate is `rate` times
//     least_share + (1 - least_share) / (1 + (n - 1) / activities).
// Without a least share the rate goes to nothing: then, beyond some number, whoever joins makes it
// slower than he adds, and a queue that has grown so far never shrinks again.
struct Crowding {
  double activities = 0;   // at so many more than one, half of what can be lost is lost
  double least_share = 0;  // of the rate, that is left to a crowd of any size

  double share(double users) const {
    return least_share + (1 - least_share) / (1 + (users - 1) / activities);
  }
};

// Not both a burst and crowding.
struct ResourceSpec {
  Rate rate;
  std::optional<Burst> burst = std::nullopt;
  // Absent: activities do not hinder each other.
  std::optional<Crowding> crowding = std::nullopt;

  // The most that it ever gives.
  Rate peak() const { return burst ? std::max(rate, burst->rate) : rate; }
};

// What an activity uses, all of it at one rate.
struct ResourceList {
  // Four are a transfer between machines with a copying thread at each end. The number is fixed so
  // that the list lies in the activity's frame and a bundle in one cache line.
  static constexpr size_t kMost = 4;

  std::array<ResourceId, kMost> ids{};
  uint8_t count = 0;

  // Each resource once.
  void add(ResourceId id) {
    ENSURE(count < ids.size(), id.value());
    ids[count++] = id;
  }
  const ResourceId* begin() const { return ids.data(); }
  const ResourceId* end() const { return ids.data() + count; }
};

}  // namespace wukong::fluid

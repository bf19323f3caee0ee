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

// Not both a burst and crowding.
struct ResourceSpec {
  Rate rate;
  std::optional<Burst> burst = std::nullopt;
  // A crowded resource gets less done in all: with n activities on it, its rate is
  // rate / (1 + (n - 1) / crowding). Absent: they do not hinder each other.
  std::optional<double> crowding = std::nullopt;

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

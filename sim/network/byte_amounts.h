// Bytes as amounts of a fluid, and back: the one place where they are converted, for links and for
// other things that bytes pass.
#pragma once

#include "sim/base/bytes.h"
#include "sim/fluid/amount.h"

namespace wukong::network {

constexpr fluid::Amount amount_of(Bytes bytes) { return fluid::Amount(bytes.count()); }
constexpr fluid::Rate rate_of(Bandwidth bandwidth) {
  return fluid::Rate::per_second(bandwidth.count());
}
constexpr Bytes bytes_of(fluid::Amount amount) { return Bytes(amount.count()); }

static_assert(rate_of(Bandwidth::unlimited()) == fluid::Rate::unlimited());

}  // namespace wukong::network

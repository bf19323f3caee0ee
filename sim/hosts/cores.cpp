#include "sim/hosts/cores.h"

#include <utility>

#include "sim/fluid/fluid.h"

namespace wukong::hosts {
namespace {

// As amounts of a fluid, vCPU time is in nanoseconds; a vCPU gives 1e9 of them per second.
fluid::Amount amount_of(Duration vcpu_time) { return fluid::Amount(vcpu_time.count_ns()); }

fluid::Rate rate_of(double vcpus) {
  return fluid::Rate::per_second(static_cast<int64_t>(vcpus * 1e9));
}

}  // namespace

Cores::Cores(fluid::Pool& pool, double vcpus)
    : pool_(&pool), resource_(pool.add({.rate = rate_of(vcpus)})) {}

void Cores::remove() {
  if (valid()) std::exchange(pool_, nullptr)->remove(resource_);
}

fluid::Activity Cores::compute(Duration vcpu_time, double most) const {
  ENSURE(valid());
  fluid::Demand demand{
      .amount = amount_of(vcpu_time), .cap = rate_of(most), .what = "time of vCPUs"};
  demand.resources.add(resource_);
  return pool_->use(demand);
}

}  // namespace wukong::hosts

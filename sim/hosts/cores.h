// The vCPUs of a machine, which the tasks that run there share: each needs an amount of vCPU time
// and gets it on so many vCPUs at once as are its fair share.
//
// This is a handle: a copy is the same cores. They exist as long as the pool.
#pragma once

#include "sim/base/time.h"
#include "sim/fluid/resource_id.h"

namespace wukong::fluid {
class Activity;
class Pool;
}  // namespace wukong::fluid

namespace wukong::hosts {

class Cores {
 public:
  Cores() = default;  // none
  Cores(fluid::Pool& pool, double vcpus);

  bool valid() const { return pool_ != nullptr; }
  // co_await cores.compute(vcpu_time, most): until so much time of vCPUs has been spent, on never
  // more than `most` of them at once. REQUIRES: valid().
  fluid::Activity compute(Duration vcpu_time, double most) const;
  // They are gone, with all copies of the handle. REQUIRES: nobody uses them.
  void remove();
  // What they are in the pool. REQUIRES: valid().
  fluid::ResourceId resource() const { return resource_; }

 private:
  fluid::Pool* pool_ = nullptr;
  fluid::ResourceId resource_;
};

}  // namespace wukong::hosts

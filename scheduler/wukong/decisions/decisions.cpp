#include "scheduler/wukong/decisions/decisions.h"

#include <algorithm>

namespace wukong::wukong_decisions {

OutEdges out_edges(size_t targets, bool large_object, const WukongOptions& options) {
  if (targets == 0) return OutEdges::none;
  if (options.clustering_fan_out && large_object) return OutEdges::cluster;
  if (static_cast<int64_t>(targets) >= options.proxy_threshold) return OutEdges::through_proxy;
  return OutEdges::fan_out;
}

Target fan_out_target(const ReachedTarget& target, const WukongOptions& options) {
  if (!target.ready) return Target::leave_alone;
  const bool may_become = target.first || !options.become_first_only;
  if (target.have_become || !may_become || !target.ends_in_time) return Target::invoke;
  return Target::run_here;
}

Target clustered_target(const ClusteredTarget& target, const WukongOptions& options) {
  if (target.ready) return target.ends_in_time ? Target::run_here : Target::invoke;
  if (options.delayed_io && !target.another_large) return Target::delay;
  return Target::send;
}

// It became ready while the object was written: run here, that saves reading it back.
Target clustered_target_after_sending(bool ready, bool ends_in_time, const WukongOptions& options) {
  if (!ready) return Target::leave_alone;
  return options.clustering_fan_in && ends_in_time ? Target::run_here : Target::invoke;
}

Duration delayed_wait(int64_t k, const WukongOptions& options) {
  return std::min(options.delayed_io_longest, options.delayed_io_step * k);
}

Duration expected_time(const hosts::TaskCost& cost, const hosts::Host& host,
                       const hosts::ComputeSpec& compute, Duration moving,
                       const WukongOptions& options) {
  const hosts::HostSpeed speed{std::min(host.vcpu_speed, host.product_speed), host.relative_speed};
  return options.task_overhead + hosts::execution_time(cost, host.vcpus, compute, speed) +
         options.serialize_time + moving;
}

}  // namespace wukong::wukong_decisions

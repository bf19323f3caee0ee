#include "bench/oracle/host_check.h"

#include <cmath>

#include "sim/platform/platform_spec.h"

namespace wukong::oracle {

void HostCheck::on(Time, const ResourceAdded& added) {
  resources_[added.resource.value()] = added.spec;
}

void HostCheck::on(Time, const FunctionAdded& added) {
  memory_mb_[added.function.value()] = added.config.memory_mb;
}

void HostCheck::on(Time, const functions::StartAttempt& attempt) {
  if (attempt.host.valid()) function_of_[attempt.host.value()] = attempt.function.value();
}

const hosts::MachineType* HostCheck::type_of(HostId host) const {
  const auto name = record_.machines.find(host.value());
  if (name == record_.machines.end()) return nullptr;
  const auto type = spec_.machines.find(name->second);  // a process has another name
  return type == spec_.machines.end() ? nullptr : &type->second;
}

bool HostCheck::is_link(LinkId link, const network::LinkSpec& spec) const {
  const auto found = resources_.find(link.value());
  if (found == resources_.end()) return false;
  const fluid::ResourceSpec& made = found->second;
  if (made.rate.count() != spec.rate.count() || made.crowding) return false;
  if (made.burst.has_value() != spec.burst.has_value()) return false;
  return !spec.burst || (made.burst->allowance.count() == spec.burst->count() &&
                         made.burst->rate.count() == spec.burst_rate.count());
}

bool HostCheck::gives(fluid::ResourceId resource, int64_t per_second) const {
  const auto found = resources_.find(resource.value());
  return found != resources_.end() && found->second.rate.count() == per_second &&
         !found->second.burst && !found->second.crowding;
}

void HostCheck::on(Time, const Asked& asked) {
  const Ends& from = asked.from;
  const hosts::MachineType* const type = type_of(from.host);
  const bool environment = record_.environments.contains(from.host.value());
  if (type == nullptr && !environment) return;
  const network::LinkSpec& link =
      type != nullptr ? type->network : spec_.functions.environment.network;
  broken_.expect(
      from.inbound != from.outbound && is_link(from.inbound, link) && is_link(from.outbound, link),
      "a host has other links than its spec says");
  if (asked.service != Service::tasks || asked.task >= record_.tasks.size()) return;
  const hosts::Host& host = record_.tasks[asked.task].host;
  if (type != nullptr) return check_machine(host, *type);
  check_environment(host);
}

void HostCheck::check_machine(const hosts::Host& host, const hosts::MachineType& type) {
  broken_.expect(host.vcpus == type.vcpus && host.vcpu_speed == type.vcpu_speed &&
                     host.memory == type.memory && host.product_speed == type.product_speed &&
                     host.lone_speed == type.lone_speed && host.relative_speed == 1,
                 "a machine is not what its type says");
  broken_.expect(host.cores.valid() && host.memory_bus.valid() &&
                     gives(host.cores.resource(), static_cast<int64_t>(type.vcpus * 1e9)) &&
                     gives(host.memory_bus.resource(), type.memory_bandwidth.count()),
                 "a machine has other cores or another memory bus than its type says");
}

void HostCheck::check_environment(const hosts::Host& host) {
  const int64_t memory_mb = memory_mb_[function_of_[host.id.value()]];
  const double vcpus =
      static_cast<double>(memory_mb) / spec_.functions.environment.memory_mb_per_vcpu;
  broken_.expect(std::abs(host.vcpus - vcpus) <= 1e-12 * vcpus &&
                     host.memory.count() == memory_mb * 1'048'576 && host.lone_speed == 1,
                 "an environment has other vCPUs or another memory than its function");
  const double speed = speeds_.try_emplace(host.id.value(), host.vcpu_speed).first->second;
  broken_.expect(
      host.vcpu_speed == speed && host.product_speed == speed && host.relative_speed == speed,
      "an environment changes its speed, or has several");
}

// Of the logarithms of environments' speeds the mean is 0, and off by seven of its deviations once
// in 4e11 runs; the normal numbers that they are made of are never farther out than twelve.
void HostCheck::end() {
  const double sigma = spec_.functions.environment.speed_sigma;
  double sum = 0;
  double count = 0;
  for (const auto& [host, speed] : speeds_) {
    broken_.expect(std::abs(std::log(speed)) <= 12 * sigma + 1e-12,
                   "an environment has a speed that it cannot have");
    sum += std::log(speed);
    ++count;
  }
  broken_.expect(std::abs(sum) <= 7 * sigma * std::sqrt(count) + 1e-9,
                 "environments are faster or slower than they are drawn");
}

}  // namespace wukong::oracle

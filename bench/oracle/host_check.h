// The hosts: an environment has the vCPUs, the memory, the links and the speed that its function's
// spec gives it, and a machine those of its type.
#pragma once

#include <map>

#include "bench/invariants/broken_invariants.h"
#include "bench/oracle/record.h"

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::hosts {
struct MachineType;
}  // namespace wukong::hosts

namespace wukong::network {
struct LinkSpec;
}  // namespace wukong::network

namespace wukong::oracle {

class HostCheck {
 public:
  // All outlive it.
  HostCheck(const platform::PlatformSpec& spec, const RunRecord& record,
            invariants::BrokenInvariants& broken)
      : spec_(spec), record_(record), broken_(broken) {}

  void on(Time time, const ResourceAdded& added);
  void on(Time time, const FunctionAdded& added);
  void on(Time time, const functions::StartAttempt& attempt);
  void on(Time time, const Asked& asked);
  template <class Other>
  void on(Time, const Other&) {}

  void end();

 private:
  const hosts::MachineType* type_of(HostId host) const;
  bool is_link(LinkId link, const network::LinkSpec& spec) const;
  bool gives(fluid::ResourceId resource, int64_t per_second) const;
  void check_machine(const hosts::Host& host, const hosts::MachineType& type);
  void check_environment(const hosts::Host& host);

  const platform::PlatformSpec& spec_;
  const RunRecord& record_;
  invariants::BrokenInvariants& broken_;
  std::map<uint32_t, fluid::ResourceSpec> resources_;
  std::map<uint32_t, int64_t> memory_mb_;     // by function
  std::map<uint32_t, uint32_t> function_of_;  // by host
  std::map<uint32_t, double> speeds_;         // of environments, by host
};

}  // namespace wukong::oracle

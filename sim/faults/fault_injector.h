// Makes the faults of a plan happen: crashes and hangs functions, throttles, loses and doubles
// invocations, and tells the decorated services what becomes of their requests. Owned by the
// FaultyBackend; outlives the platform that it is attached to.
#pragma once

#include <map>

#include "sim/engine/sync.h"
#include "sim/faults/fault_plan.h"
#include "sim/functions/invocation_faults.h"

namespace wukong::hosts {
struct MortalHost;
}  // namespace wukong::hosts

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::faults {

// What becomes of one request.
struct RequestFault {
  // After this time a client gives up a request that is not answered. An assumption: longer than
  // nearly every reply of the stores in the presets (Redis: 0.5 ms; S3: a median of 12 to 26 ms),
  // and short beside the time limit of a function, so that a run suffers from the failure itself
  // and from its retries.
  static constexpr Duration kNoAnswer = Duration::milliseconds(100);

  Duration delay;           // the request is made so much later
  bool failed = false;      // the request is not made at all
  bool reply_lost = false;  // the request takes effect, and the client sees a failure
};

class FaultInjector final : public functions::InvocationFaults {
 public:
  FaultInjector(engine::Engine& engine, const FaultSpec& spec, uint64_t seed)
      : engine_(engine), plan_(engine, spec, seed), never_(engine) {}

  // To be called before the run.
  void attach(platform::Platform& platform);

  FaultPlan& plan() { return plan_; }
  const FaultPlan& plan() const { return plan_; }

  engine::Task<> before_call(HostId caller) override;
  engine::Task<> after_call(HostId caller) override;
  bool strikes(functions::InvocationFault fault) override;
  void begins(HostId host, InvocationId invocation) override { running_[host] = invocation; }
  void ends(HostId host) override { running_.erase(host); }

  // What becomes of the next request to a store of that kind.
  RequestFault storage_request();
  RequestFault metadata_request();
  // A task begins on a host that may be mortal.
  void task_begins(HostId host);

 private:
  RequestFault request(FaultKind slow, FaultKind failed, FaultKind reply_lost);
  Duration crash_delay(FaultKind kind) const;
  void crash(HostId host, Duration after);
  engine::Task<> crash_later(HostId host, InvocationId invocation, Duration after);
  engine::Task<> kill_later(hosts::MortalHost& mortal, Duration after);

  engine::Engine& engine_;
  FaultPlan plan_;
  engine::Event never_;  // what hangs waits for it; it is never set
  platform::Platform* platform_ = nullptr;
  std::map<HostId, InvocationId> running_;  // the invocation whose handler runs on a host
};

}  // namespace wukong::faults

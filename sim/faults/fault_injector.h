// Lets the faults of a plan happen: crashes and hangs functions, throttles, loses and doubles
// invocations, and says to the decorated services what becomes of their requests. Owned by the
// FaultyBackend; outlives the platform that it is attached to.
#pragma once

#include <map>

#include "sim/engine/sync.h"
#include "sim/faults/fault_plan.h"
#include "sim/platform/invocation_faults.h"
#include "sim/platform/platform.h"

namespace wukong::sim {

// What becomes of one request.
struct RequestFault {
  // After which a client knows that a server does not answer: a refused or reset connection, not a
  // silent one. Above every service's round trip, so that a failed request is dearer than one that
  // succeeds, and no longer than any client waits before it tries again.
  static constexpr Duration kNoAnswer = Duration::milliseconds(100);

  Duration delay;           // before it is made
  bool failed = false;      // it is not made at all
  bool reply_lost = false;  // it is made, and seems to have failed
};

class FaultInjector final : public InvocationFaults {
 public:
  FaultInjector(Engine& engine, const FaultSpec& spec, uint64_t seed)
      : engine_(engine), plan_(engine, spec, seed), never_(engine) {}

  // Before the run.
  void attach(Platform& platform);

  FaultPlan& plan() { return plan_; }
  const FaultPlan& plan() const { return plan_; }

  Task<> before_call(HostId caller) override;
  Task<> after_call(HostId caller) override;
  bool throttles_call() override { return plan_.strikes(FaultKind::throttled_call); }
  bool throttles_start() override { return plan_.strikes(FaultKind::throttled_start); }
  bool loses_event() override { return plan_.strikes(FaultKind::lost_invocation); }
  bool duplicates_event() override { return plan_.strikes(FaultKind::duplicate_invocation); }
  void begins(HostId host, InvocationId invocation) override { running_[host] = invocation; }
  void ends(HostId host) override { running_.erase(host); }

  RequestFault storage_request();
  RequestFault metadata_request();
  // A task begins on a host that may be mortal.
  void task_begins(HostId host);

 private:
  RequestFault request(FaultKind slow, FaultKind failed, FaultKind reply_lost);
  Duration crash_delay(FaultKind kind) const;
  void crash(HostId host, Duration after);
  Task<> crash_later(HostId host, InvocationId invocation, Duration after);
  Task<> kill_later(MortalHost& mortal, Duration after);

  Engine& engine_;
  FaultPlan plan_;
  Event never_;  // is never set
  Platform* platform_ = nullptr;
  std::map<HostId, InvocationId> running_;  // handlers
};

}  // namespace wukong::sim

#include "sim/faults/fault_injector.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/functions/lambda_service.h"
#include "sim/hosts/mortal_host.h"
#include "sim/platform/cloud.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"

namespace wukong::faults {

void FaultInjector::attach(platform::Platform& platform) {
  platform_ = &platform;
  platform.cloud().functions().inject(this);
}

// ---- functions

engine::Task<> FaultInjector::before_call(HostId caller) {
  if (!running_.contains(caller)) co_return;  // the client, a machine: they stay
  if (plan_.strikes(FaultKind::crash_before)) {
    crash(caller, Duration::zero());
    co_await never_.wait("its crash");
  }
  if (plan_.strikes(FaultKind::crash_during)) crash(caller, crash_delay(FaultKind::crash_during));
  if (plan_.strikes(FaultKind::hang)) co_await never_.wait("its time limit, for it hangs");
}

engine::Task<> FaultInjector::after_call(HostId caller) {
  if (!running_.contains(caller)) co_return;
  if (!plan_.strikes(FaultKind::crash_after)) co_return;
  crash(caller, Duration::zero());
  co_await never_.wait("its crash");
}

// Small ones are likelier: most operations are short.
Duration FaultInjector::crash_delay(FaultKind kind) const {
  const double chance = plan_.chance(kind);
  return std::max(Duration::nanoseconds(1),
                  scaled(plan_.spec().crash_within, chance * chance * chance));
}

// A process cannot end itself.
void FaultInjector::crash(HostId host, Duration after) {
  engine_.spawn_daemon(crash_later(host, running_.at(host), after), "an injected crash");
}

engine::Task<> FaultInjector::crash_later(HostId host, InvocationId invocation, Duration after) {
  co_await engine_.sleep(after, "the time of a crash");
  const auto running = running_.find(host);
  if (running != running_.end() && running->second == invocation)
    platform_->cloud().functions().crash(host);
}

bool FaultInjector::strikes(functions::InvocationFault fault) {
  switch (fault) {
    case functions::InvocationFault::throttled_call:
      return plan_.strikes(FaultKind::throttled_call);
    case functions::InvocationFault::throttled_start:
      return plan_.strikes(FaultKind::throttled_start);
    case functions::InvocationFault::lost_event:
      return plan_.strikes(FaultKind::lost_invocation);
    case functions::InvocationFault::duplicate_event:
      return plan_.strikes(FaultKind::duplicate_invocation);
  }
  ENSURE(false && "a fault of no known kind", static_cast<int>(fault));
  return false;
}

// ---- requests

RequestFault FaultInjector::request(FaultKind slow, FaultKind failed, FaultKind reply_lost) {
  RequestFault fault;
  if (plan_.strikes(slow)) fault.delay = plan_.delay(slow);
  fault.failed = plan_.strikes(failed);
  if (!fault.failed) fault.reply_lost = plan_.strikes(reply_lost);
  return fault;
}

RequestFault FaultInjector::storage_request() {
  return request(FaultKind::slow_storage, FaultKind::failed_storage, FaultKind::lost_storage_reply);
}

RequestFault FaultInjector::metadata_request() {
  return request(FaultKind::slow_metadata, FaultKind::failed_metadata,
                 FaultKind::lost_metadata_reply);
}

// ---- machines

void FaultInjector::task_begins(HostId host) {
  auto& mortals = platform_->mortals();
  const auto found =
      std::find_if(mortals.begin(), mortals.end(),
                   [host](const hosts::MortalHost& mortal) { return mortal.host == host; });
  if (found == mortals.end() || !plan_.strikes(FaultKind::machine_death)) return;
  engine_.spawn_daemon(kill_later(*found, crash_delay(FaultKind::machine_death)),
                       "an injected death");
}

engine::Task<> FaultInjector::kill_later(hosts::MortalHost& mortal, Duration after) {
  co_await engine_.sleep(after, "the time of a death");
  mortal.dies();
}

}  // namespace wukong::faults

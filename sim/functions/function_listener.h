// What the function service decides, as it decides it: for whoever checks it. A listener changes
// nothing in a run, and nothing of it reaches the run's trace hash.
#pragma once

#include <cstdint>

#include "sim/base/ids.h"
#include "sim/base/time.h"
#include "sim/functions/warm_pool/pool_event.h"

namespace wukong::functions {

struct FunctionConfig;

// What the API says to a call.
enum class ApiAnswer : uint8_t {
  in_rate,
  beyond_rate,  // 429
  by_fault,     // 429, by an injected fault
};

// What becomes of an attempt to start an execution.
enum class StartOutcome : uint8_t {
  warm,            // in an environment that is there
  cold,            // in a new one
  full,            // as many run as the account may have, or what is left of it
  reserved_full,   // as many run as are reserved for the function
  no_environment,  // none is idle, and none may be made now
  no_memory,       // none is idle, and there is no memory for a new one
  by_fault,        // an injected fault forbids it
};

constexpr bool starts(StartOutcome outcome) {
  return outcome == StartOutcome::warm || outcome == StartOutcome::cold;
}

struct StartAttempt {
  InvocationId invocation;
  FunctionId function;
  StartOutcome outcome = StartOutcome::warm;
  HostId host;               // if it starts: where,
  Duration latency;          // how long a warm start takes from acceptance to the handler,
  Duration initialization;   // of a cold start, the part that can be billed,
  bool provisioned = false;  // and whether it is in an environment that is always there
};

class FunctionListener {
 public:
  virtual ~FunctionListener() = default;

  virtual void added(Time time, FunctionId function, const FunctionConfig& config) = 0;
  // `overhead`: of this call.
  virtual void called(Time time, InvocationId invocation, ApiAnswer answer, Duration overhead) = 0;
  virtual void attempted(Time time, const StartAttempt& attempt) = 0;
  // An environment is gone that was idle, or has just become so (`not_kept`); no host: a prewarmed
  // one that never served.
  virtual void evicted(Time time, FunctionId function, HostId host, warm_pool::PoolEvent why) = 0;
  // A prewarmed one is there, after the function was added.
  virtual void prewarmed(Time time, FunctionId function) = 0;
  // So many of its provisioned environments have come up.
  virtual void provisioned(Time time, FunctionId function, int64_t environments) = 0;
};

}  // namespace wukong::functions

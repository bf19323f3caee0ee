// What may go wrong with invocations and with the functions that they run. The function service
// asks at each moment at which something could; in a run without faults there is nobody to ask.
// Outlives the service.
#pragma once

#include <cstdint>

#include "sim/base/ids.h"
#include "sim/engine/task.h"

namespace wukong::functions {

// What can befall an API call or an event, once or more often in a run.
enum class InvocationFault : uint8_t {
  throttled_call,   // the API answers 429
  throttled_start,  // no environment can be had now
  lost_event,       // an accepted event is not started until its first retry would be due
  duplicate_event,  // an accepted event is started twice
};

class InvocationFaults {
 public:
  virtual ~InvocationFaults() = default;

  // Awaited before and after each API call of `caller`; the caller may be ended during either.
  virtual engine::Task<> before_call(HostId caller) = 0;
  virtual engine::Task<> after_call(HostId caller) = 0;

  // The fault could happen now. True: it does.
  virtual bool strikes(InvocationFault fault) = 0;

  // A handler begins on the host. It ends there, whether it returns, fails or is killed.
  virtual void begins(HostId host, InvocationId invocation) = 0;
  virtual void ends(HostId host) = 0;
};

}  // namespace wukong::functions

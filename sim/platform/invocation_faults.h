// What may go wrong with invocations and with the functions that they run: the function service
// asks at each of these moments. A run without faults has none of it. Outlives the service.
#pragma once

#include "sim/engine/task.h"
#include "sim/platform/host.h"
#include "sim/platform/ids.h"

namespace wukong::sim {

class InvocationFaults {
 public:
  virtual ~InvocationFaults() = default;

  // Around an API call of `caller`, which may be ended there.
  virtual Task<> before_call(HostId caller) = 0;
  virtual Task<> after_call(HostId caller) = 0;

  // The API answers 429; no environment can be had now.
  virtual bool throttles_call() = 0;
  virtual bool throttles_start() = 0;
  // An accepted event is not started until its first retry would be due, or is started twice.
  virtual bool loses_event() = 0;
  virtual bool duplicates_event() = 0;

  // A handler begins on the host, and ends, however it does.
  virtual void begins(HostId host, InvocationId invocation) = 0;
  virtual void ends(HostId host) = 0;
};

}  // namespace wukong::sim

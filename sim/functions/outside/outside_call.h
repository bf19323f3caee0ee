// What the function service has to do with that lies outside the model: calls that come over a real
// network, and environments that something real is behind. A simulation has neither.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/base/ids.h"
#include "sim/base/time.h"
#include "sim/engine/task.h"

namespace wukong::functions {
struct Environment;
enum class HandlerResult;
}  // namespace wukong::functions

namespace wukong::outside {

enum class CallEnd : uint8_t {
  succeeded,
  failed,            // its handler said so, and if it is an event, for the last time
  timed_out,         // the same at the time limit
  answer_too_large,  // somebody waited for more than an answer may have
  aged_out,          // an event was throttled until it was too old
  function_gone,     // an event waited for a function that was removed
};

// A call whose caller is not modelled: it has spent its time already, sees a 429 at once, and does
// about it what it likes. Outlives its end.
class Call {
 public:
  virtual ~Call() = default;
  // Its handler: called again for each retry.
  virtual engine::Task<functions::HandlerResult> run(functions::Environment& environment) = 0;
  // Once, and nothing of it is called afterwards. `cause`: why it failed, in words.
  virtual void ended(CallEnd end, const std::string& cause) = 0;
};

struct CallTerms {
  bool waited_for = false;           // else it is an event
  std::optional<size_t> retries;     // of an event; absent: as many as the platform makes
  std::optional<Duration> age_most;  // of an event; absent: the platform's
};

// Who makes what is behind the environments: processes, say.
class Environments {
 public:
  virtual ~Environments() = default;
  // The service has decided that an environment is needed: it serves as soon as it is up.
  virtual void made(FunctionId function, HostId host) = 0;
  // So many that nobody has used have come up in the model; each is `made` when it is first used.
  virtual void provisioned(FunctionId function, int64_t environments) = 0;
  // Awaited after the model's time for a start, and before a handler begins there.
  virtual engine::Task<> come_up(HostId host) = 0;
  virtual void gone(HostId host) = 0;
};

}  // namespace wukong::outside

// The function service (AWS Lambda): admission, environments cold and warm, time limit, retries,
// billing.
//
// invoke_async: the caller spends the API call's overhead; the event is accepted (202) and queued;
// the service starts it when concurrency and the burst bucket allow, backing off internally while
// they do not, and retries a failed one twice. invoke_sync: the caller waits for the end, sees a
// 429 as `throttled` after its own back-off is exhausted, and no retry is made for it. Over the
// request rate the API answers 429 to both kinds, and the caller backs off.
//
// A handler is a coroutine that runs in an Environment. It is called again, with the same captured
// payload, when an invocation is retried; so it must not give its captures away.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/inline_function.h"
#include "sim/engine/task.h"
#include "sim/platform/host.h"
#include "sim/platform/ids.h"

namespace wukong::sim {

// One execution environment ("container"). Lives from its cold start to its eviction.
struct Environment {
  Host host;
  FunctionId function;
  Time created;
  Time deadline;             // of the invocation that it runs
  uint32_t invocations = 0;  // that it has begun
};

enum class HandlerResult { success, error };
using Handler = InlineFunction<Task<HandlerResult>(Environment&), 56>;

enum class InvokeReply {
  accepted,           // async: queued; sync: ended with success
  failed,             // sync only: the function failed, or ran into its time limit
  throttled,          // 429, and the client's own retries are exhausted
  payload_too_large,  // 413
};

// A function's configuration; what all functions of a platform share is in LambdaSpec.
struct FunctionConfig {
  const char* name = "executor";  // a string literal
  int64_t memory_mb = 0;          // of 1,048,576 bytes
  Duration time_limit;
  int64_t prewarmed = 0;  // environments that are idle and warm at the start
};

// What became of the invocations. Kept for the result document and for diagnoses.
struct LambdaStatistics {
  uint64_t invocations = 0;  // started executions, retries included
  uint64_t cold_starts = 0;
  uint64_t throttles = 0;  // 429s, to callers and internal
  uint64_t retries = 0;    // executions that were second or third tries
  uint64_t timeouts = 0;   // killed at the time limit
  uint64_t dropped = 0;    // asynchronous invocations given up after their last retry
  std::string first_drop;  // why the first of those failed
  size_t concurrency = 0;  // running now
  size_t peak_concurrency = 0;
  size_t environments = 0;  // existing now, idle or not
  size_t peak_environments = 0;
  Duration billed_time;  // after rounding up
  double billed_gb_s = 0;
  Duration busy_time;  // wall time of handlers
  double vcpu_s = 0;   // handlers' wall time times the vCPUs of their environments
};

class LambdaService {
 public:
  virtual ~LambdaService() = default;
  virtual FunctionId add_function(const FunctionConfig& config) = 0;
  virtual Task<InvokeReply> invoke_async(const Host& caller, FunctionId function, Bytes payload,
                                         Handler handler) = 0;
  virtual Task<InvokeReply> invoke_sync(const Host& caller, FunctionId function, Bytes payload,
                                        Handler handler) = 0;
  virtual const LambdaStatistics& statistics() const = 0;
};

}  // namespace wukong::sim

// What became of a job's invocations. Kept for the result document and for diagnoses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "sim/base/failure_causes.h"
#include "sim/base/time.h"
#include "sim/functions/throttle_reason.h"

namespace wukong::functions {

struct LambdaStatistics {
  uint64_t invocations = 0;  // started executions, retries included
  uint64_t cold_starts = 0;
  uint64_t throttles = 0;  // 429s, to callers and internal
  ThrottleCounts throttles_by_reason{};
  uint64_t retries = 0;          // executions that were second or third tries
  uint64_t timeouts = 0;         // killed at the time limit
  uint64_t dropped = 0;          // asynchronous invocations given up after their last retry
  uint64_t aged_out = 0;         // of those, the ones that were throttled for too long
  std::string first_drop;        // why the first of those failed: its own causes, first and last
  uint64_t refused = 0;          // calls that ended with a 429 or a 413
  std::string first_refusal;     // why the first of those was: the limit, and what would help
  bool payload_refused = false;  // that one's limit is that of payloads
  FailureCauses failures;        // of all executions that did not succeed
  size_t concurrency = 0;        // running now
  size_t peak_concurrency = 0;
  Duration queued;       // from acceptance to the decision to start, of all executions
  Duration billed_time;  // after rounding up
  double billed_gb_s = 0;
  Duration busy_time;       // wall time of handlers
  double vcpu_s = 0;        // handlers' wall time times the vCPUs of their environments
  double whole_vcpu_s = 0;  // the same with those vCPUs rounded up
};

}  // namespace wukong::functions

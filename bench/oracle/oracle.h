// The oracle: a second calculation of a run from its event record, plain and slow, which shares no
// code with the models that it checks. It calculates when every transfer and every other use of a
// shared resource ends, by the max-min rates at each instant; what every execution and every
// request costs, and the whole bill; which environment an invocation gets, when it begins there and
// when an idle one is gone; what concurrency, request rate and scaling allow; when callers and the
// service try again; how long tasks take; when a server of Redis is done with a request, whom S3
// turns away, and which message of a queue is leased until when.
#pragma once

#include <string>
#include <vector>

#include "bench/oracle/record.h"

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::oracle {

// Runs with more events than that are not calculated again: it would take longer than the run.
constexpr size_t kMostEvents = 50'000;

// What differs, in one sentence each. `functions_charged`: false for a bound, which is charged for
// functions that do not run. REQUIRES: the record is whole, and `result` is of that run.
std::vector<std::string> differences(const RunRecord& record, const platform::PlatformSpec& spec,
                                     const run::RunResult& result, bool functions_charged);

}  // namespace wukong::oracle

// How long a run may take before its slowness is to be explained.
#pragma once

#include "sim/base/time.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::faults {
struct FaultSpec;
}  // namespace wukong::faults

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::invariants {

// All of the work, in seconds, one task after another, though network and CPU be slow.
double slow_work(const dag::Dag& dag, const platform::PlatformSpec& platform);

// A minute for each task and ten times its work.
Duration explained_time(const dag::Dag& dag, const platform::PlatformSpec& platform);

// What may come on top of it for what went wrong in a run: a function that fails takes its time
// limit and the wait before its retry, what is throttled backs off, what is late or out comes back.
Duration time_of_mishaps(const platform::PlatformSpec& platform, const faults::FaultSpec& faults,
                         const run::RunResult& result);

}  // namespace wukong::invariants

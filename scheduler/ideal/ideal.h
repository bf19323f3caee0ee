// A lower bound on the platform, as a system: it takes as long as any scheduler must on functions
// of this platform, and pays for nothing but the time of the work itself. It runs no function and
// moves no byte. What it leaves out is what a scheduler can in principle avoid: start-up,
// coordination, and all traffic between tasks (one function that ran them all would have none).
#pragma once

#include <memory>

#include "scheduler/policy/options.h"
#include "scheduler/policy/promises.h"
#include "scheduler/policy/system.h"
#include "sim/base/fields.h"
#include "sim/base/time.h"
#include "sim/storage/storage_spec.h"

namespace wukong::platform {
class Platform;
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::ideal {

struct IdealOptions final : scheduler::Options {
  storage::StoreSpec store;  // that initial objects are read from and results are written to

  void visit(FieldVisitor& v) override { v.group("store", store); }
};

// No run can be shorter than any of these.
struct LowerBounds {
  // The slowest path. A task starts when its predecessors have ended and its initial objects are
  // there, which a function's network interface has carried at best since the start of the run; a
  // path ends when its last task's results have left the function.
  Duration critical_path;
  // All tasks, one at a time on as many functions as the account may run at once.
  Duration work_over_capacity;
  // Each initial object that is read leaves the store once, and each result enters it once.
  Duration bytes_over_bandwidth;
  Duration work;  // of all tasks, one after another: for the bill, not a bound

  Duration makespan() const;
};

LowerBounds lower_bounds(const dag::Dag& dag, const platform::PlatformSpec& platform,
                         const storage::StoreSpec& store);

std::unique_ptr<scheduler::System> make_ideal(platform::Platform& platform, const dag::Dag& dag,
                                              const scheduler::Options& options);
scheduler::Promises promises_of_ideal(const scheduler::Options& options);

}  // namespace wukong::ideal

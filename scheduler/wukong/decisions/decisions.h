// What an executor decides (SoCC'20 3.3), as functions of what it knows: no engine, no services.
// The protocol that finds out what it knows, and does what is decided, is in executor.
#pragma once

#include "scheduler/wukong/decisions/options.h"
#include "sim/hosts/compute.h"
#include "sim/hosts/host.h"

namespace wukong::wukong_decisions {

// ---- how the out-edges of a task are followed

enum class OutEdges {
  none,           // a result
  cluster,        // its object is large: targets are run where it is
  through_proxy,  // there are very many: the storage proxy invokes
  fan_out,        // become one target, invoke the others
};
OutEdges out_edges(size_t targets, bool large_object, const WukongOptions& options);

// ---- what becomes of one target

enum class Target {
  run_here,
  invoke,      // an executor of its own
  delay,       // hold the object, look again later
  send,        // store the object, arrive at the fan-in
  leave_alone  // somebody else will run it
};

// In a direct fan-out, once the executor has arrived at the target.
struct ReachedTarget {
  bool ready = false;        // nothing is missing any more
  bool first = false;        // the schedule's first successor
  bool have_become = false;  // another one is taken already
  bool ends_in_time = true;  // before the function's time limit, by what is expected
};
Target fan_out_target(const ReachedTarget& target, const WukongOptions& options);

// In a cluster, before anything is sent.
struct ClusteredTarget {
  bool ready = false;          // nothing but this task's object is missing
  bool another_large = false;  // it waits for a second large object
  bool ends_in_time = true;
};
Target clustered_target(const ClusteredTarget& target, const WukongOptions& options);
// And after its object has been sent there.
Target clustered_target_after_sending(bool ready, bool ends_in_time, const WukongOptions& options);

// ---- time

// The wait after the k-th look at delayed fan-ins.
Duration delayed_wait(int64_t k, const WukongOptions& options);

// How long a task is expected to take from its first input to its last output, if its objects are
// moved for so long.
Duration expected_time(const hosts::TaskCost& cost, const hosts::Host& host,
                       const hosts::ComputeSpec& compute, Duration moving,
                       const WukongOptions& options);

}  // namespace wukong::wukong_decisions

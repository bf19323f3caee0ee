// How much work a run is, by what can be counted and is the same on every machine.
#pragma once

#include <cstdint>

#include "test/support/policy_run.h"

namespace wukong::test {

struct WorkDone {
  uint64_t records = 0;  // of the trace: every resumption of a process is one
  uint64_t calls = 0;    // of coroutines
  uint64_t values = 0;   // what is said about values in messages
  uint64_t steps = 0;    // of inner loops that count themselves
};

// REQUIRES: the run completes.
WorkDone work_of(const dag::Dag& dag, const PolicySetup& policy);

// That work which the larger DAG takes is at most five times the work of the smaller one.
void check_at_most_fivefold(const WorkDone& smaller, const WorkDone& larger);

}  // namespace wukong::test

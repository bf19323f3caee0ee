// How much all tasks of a DAG may add up to. A run counts bytes and nanoseconds in integers, so a
// workload whose sums come near 2^63 is refused before it runs.
#pragma once

#include "workloads/dag/dag.h"

namespace wukong::dag {

// Throws Error, without a place, if the tasks read and write more than 4 exabytes in all, or take
// more than 4 x 10^9 s of core time in all (127 years), so that each may be done twice; or if one
// of them takes more than 5 x 10^8 s, which a host of a twentieth of a core stretches to the most
// that a Duration holds.
void check_totals(const Dag& dag);

}  // namespace wukong::dag

// What Dask makes of an array's DAG before it runs (dask/array/optimization.py and
// dask/optimization.py of 1.2.2: `optimize_blockwise`, then `fuse` with its default of an average
// width of one): linear chains become one task each.
//
// A task is fused with its predecessor if it is that one's only reader, and reads nothing else that
// is new to the chain. The fused task gets a new key, and the old one stays: an alias, a task of
// its own whose output is the same object under another name. Where all tasks of a chain have one
// name, the new key is the old one, and there is no alias.
#pragma once

#include <span>

#include "workloads/dag/dag.h"

namespace wukong::dag {

// The kind of an alias.
inline constexpr std::string_view kAliasKind = "alias";

// REQUIRES: each task has one output. `blockwise`, in the order of their ids: tasks that are not
// tasks in the end, since each of their readers does their work again (elementwise work on single
// blocks, which Dask moves into its consumers first). They are no results.
Dag fuse_linear_chains(const Dag& unfused, std::span<const TaskId> blockwise = {});

}  // namespace wukong::dag

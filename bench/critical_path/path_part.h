// Under which heading a wait on the critical path counts.
#pragma once

#include "bench/critical_path/wake_graph.h"
#include "bench/run/critical_path.h"

namespace wukong::critical_path {

// Where a wait took place. A client's or a scheduler's machine has no tasks of its own.
enum class Place : uint8_t { function, worker, scheduler };

run::PathPart part_of(const Wait& wait, Place place);

}  // namespace wukong::critical_path

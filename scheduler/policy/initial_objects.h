// A DAG's initial objects: those that no task makes, and that are in a system's store before the
// run. An absent one (read as zeros) is none of them: there is nothing to store and nothing to get.
#pragma once

#include "sim/storage/object_store.h"
#include "workloads/dag/dag.h"

namespace wukong::scheduler {

inline bool is_initial(const dag::Dag& dag, ObjectId object) {
  return !dag.producer(object).valid() && !dag.absent(object);
}

// Before the run. Throws Error if the store has no room for them.
inline void preload_initial_objects(storage::ObjectStore& store, const dag::Dag& dag) {
  for (const ObjectId object : dag.objects())
    if (is_initial(dag, object)) store.preload(object, dag.size(object));
}

}  // namespace wukong::scheduler

// Tree reduction, the papers' microbenchmark: numbers are added in pairs until one is left. Half of
// the tasks are leaves, which add two literals; where a level has an odd number of values, the last
// one is carried up. N elements make N - 1 tasks in ceil(log2 N) levels.
#pragma once

#include <cstdint>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"

namespace wukong::generators {

struct TreeReductionParameters {
  int64_t elements = 0;  // no default
  Duration delay = {};   // each addition sleeps this long, as the papers' do
  Bytes value = Bytes(8);

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG.
dag::Dag make_tree_reduction(const TreeReductionParameters& parameters,
                             dag::DagForm form = dag::DagForm::dask);

}  // namespace wukong::generators

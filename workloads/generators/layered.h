// Random DAGs in layers: every task reads a few of the objects of the layer before, each at most
// once, and writes one. Widths, fan-ins, task times and object sizes follow distributions with the
// given means; the same parameters and seed give the same DAG everywhere. An object that nobody
// happens to read is a result.
#pragma once

#include <cstdint>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"
#include "workloads/generators/distribution.h"

namespace wukong::generators {

struct LayeredParameters {
  int64_t depth = 0;  // layers; no default
  double width = 0;   // tasks of a layer; no default
  double fan_in = 2;  // objects that a task reads; as many as the layer before has, at most
  Duration task_time = Duration::milliseconds(100);
  Bytes object = Bytes(1'000'000);
  int64_t seed = 1;
  Distribution width_distribution, fan_in_distribution, task_distribution, object_distribution;

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG. Throws Error if a task would read more than a layer has, and for
// more tasks or inputs than any DAG should have.
dag::Dag make_layered(const LayeredParameters& parameters, dag::DagForm form = dag::DagForm::dask);

}  // namespace wukong::generators

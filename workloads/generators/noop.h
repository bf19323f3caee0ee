// The papers' scaling microbenchmarks: tasks that do nothing but sleep, in independent chains of
// equal length (the first ones are a task longer where it does not come out even). A chain is what
// one Lambda does one after another, and moves nothing on a system that keeps a chain together.
// Strong scaling: 10,000 tasks on N Lambdas; weak: 10 N on N; serverless: N on N.
#pragma once

#include <cstdint>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"

namespace wukong::generators {

struct NoopParameters {
  int64_t tasks = 0;    // no default
  int64_t lambdas = 0;  // no default
  Duration delay;
  Bytes value = Bytes(8);  // what a task returns
  // A chain is one task, as Dask makes of it, and as Wukong's executors run no-ops: many of them by
  // one operation, with nothing in between.
  bool fused = false;

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG. Throws Error if there are fewer tasks than Lambdas.
dag::Dag make_noop(const NoopParameters& parameters, dag::DagForm form = dag::DagForm::dask);

}  // namespace wukong::generators

// Classification by a support vector machine that was fitted before the run: each chunk of samples
// is generated (make_classification) and classified (predict), independently of the others.
#pragma once

#include <cstdint>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"

namespace wukong::linear_algebra {

struct SvcParameters {
  int64_t samples = 0;  // no default
  // A chunk has samples / chunks of them, rounded down, as in the papers; so one more chunk, or a
  // few, hold the rest.
  int64_t chunks = 160;
  int64_t features = 20;  // make_classification's default
  // Of the model: all that it can have, as it was fitted on 1000 samples of labels with noise.
  int64_t support_vectors = 1000;

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG. Throws Error if there are fewer samples than chunks.
dag::Dag make_svc(const SvcParameters& parameters, dag::DagForm form = dag::DagForm::dask);
// The same before Dask fuses its chains (dag::fuse_linear_chains).
dag::Dag make_unfused_svc(const SvcParameters& parameters);

}  // namespace wukong::linear_algebra

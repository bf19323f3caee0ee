// A DAG written down task by task in one line, for small experiments and for the fuzzer's replays:
// `a -> c; b -> c; c -> d; e`. A statement is a chain of names, or one name alone. Each task writes
// one object, which its successors read in the order of the statements.
#pragma once

#include <string>
#include <vector>

#include "sim/base/fields.h"
#include "workloads/dag/dag.h"

namespace wukong::generators {

struct SketchParameters {
  std::string edges;  // no default
  // By task, in the order of their first mention; the last one holds for all that follow.
  std::vector<double> seconds{0.1};
  std::vector<double> bytes{1000};
  std::vector<double> threads{1};  // that each can use
  // The seconds are recorded run times, on that many threads: they stretch where there are fewer
  // vCPUs. Otherwise each task sleeps.
  bool recorded = false;
  Bytes input;          // that each task without predecessors reads; 0: nothing
  bool objects = true;  // or the edges alone order the tasks, and nothing is read or written

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG. Throws Error, keyed by the parameter, for a text that cannot be
// read and for a cycle.
dag::Dag make_sketch(const SketchParameters& parameters, dag::DagForm form = dag::DagForm::dask);

// What a text says. Throws Error.
struct SketchText {
  std::vector<std::string> names;                 // in the order of their first mention
  std::vector<std::vector<size_t>> predecessors;  // in the order of the statements
};
SketchText read_sketch(const std::string& text);

}  // namespace wukong::generators

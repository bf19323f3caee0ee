// The registry of workloads: what an experiment may name under `workload:`, with the parameters of
// each and how it becomes a Dag. A new workload is a .h/.cpp pair and a line in workload.cpp.
//
// make_dag throws Error for parameters that do not go together and for bad files.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "workloads/dag/dag_form.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::workloads {

// The values of one workload's parameters. Those that make_parameters gives are the defaults; a
// parameter that is outside its bounds then (0 rows), or an empty text, has no default and must be
// given.
struct WorkloadParameters {
  virtual ~WorkloadParameters() = default;
  virtual void visit(FieldVisitor& v) = 0;
};

// Those of one workload, in its own struct.
template <class Values>
struct ParametersOf final : WorkloadParameters {
  Values values;
  void visit(FieldVisitor& v) override { values.visit(v); }
};

struct Workload {
  std::string_view key;
  std::string_view summary;  // what it computes, a phrase
  std::string_view example;  // as in an experiment, YAML in one line: {rows: 262144, columns: 64}
  // The parameter that names a file, relative to the experiment's folder; a plain value in place of
  // the map of parameters means it (`wfformat: montage.json`). It is visited as a file. Empty:
  // there is none.
  std::string_view path_key;
  // Whether a plain value in place of the map names a YAML file that holds the map.
  bool map_in_file = false;
  std::unique_ptr<WorkloadParameters> (*make_parameters)();
  // REQUIRES: `parameters` came from this workload's make_parameters.
  dag::Dag (*make_dag)(const WorkloadParameters& parameters, dag::DagForm form);
};

// Every workload there is, in the order in which they are listed to users.
std::span<const Workload> workloads();

}  // namespace wukong::workloads

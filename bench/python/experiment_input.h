// An experiment that Python gives: its text as YAML or JSON, and what no text can say: policies
// that are objects, and a DAG that was built. In the text, another policy and another workload
// stand in their places.
#pragma once

#include <pybind11/pybind11.h>

#include <exception>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_tree.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::python {

struct ExperimentInput {
  std::string text;  // empty: `file` is read
  std::string file;  // where errors say that it stands
  std::vector<std::string> settings;
  std::map<std::string, pybind11::object> policies;  // by label
  std::shared_ptr<const dag::Dag> dag;               // null: as the text says
};

parameters::ParameterTree read_tree(const ExperimentInput& input);
// `raised` is where the policies' exceptions are kept.
experiment::Experiment make_experiment(const ExperimentInput& input,
                                       const std::shared_ptr<std::exception_ptr>& raised);

}  // namespace wukong::python

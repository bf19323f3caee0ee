// Experiments and sweeps, run.
#include <pybind11/stl.h>

#include <memory>
#include <string>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/python/bindings.h"
#include "bench/python/event_list.h"
#include "bench/python/experiment_input.h"
#include "bench/result/result_json.h"
#include "bench/run/run_result.h"
#include "bench/simulation/run.h"
#include "bench/sweep/sweep_plan.h"
#include "bench/sweep_runner/sweep_runner.h"
#include "bench/text/version.h"
#include "sim/base/error.h"
#include "workloads/dag/dag.h"

namespace wukong::python {
namespace {

namespace py = pybind11;

// The result document, and what happened in the first run, if that is asked for. Without policies
// of Python, other threads of the program run meanwhile; with one, the runs are made in this
// thread, one after another.
py::tuple run_experiment(const ExperimentInput& input, unsigned threads, bool list_events) {
  const auto raised = std::make_shared<std::exception_ptr>();
  const experiment::Experiment experiment = make_experiment(input, raised);
  EventList events;
  simulation::Watches watches;
  if (list_events) watches.push_back({.records = &events});
  std::string document;
  if (input.policies.empty()) {
    const py::gil_scoped_release others_run;
    document = result::result_document(experiment,
                                       simulation::run_experiment(experiment, threads, watches));
  } else {
    const auto results = simulation::run_experiment(experiment, 1, watches);
    if (*raised) std::rethrow_exception(*raised);
    document = result::result_document(experiment, results);
  }
  return py::make_tuple(document, events.to_python());
}

py::dict run_sweep(const ExperimentInput& input, const std::string& results, unsigned threads,
                   bool progress) {
  using sweep_runner::ProgressDisplay;
  const experiment::Catalog catalog = experiment::program_catalog();
  sweep_runner::SweepOutcome outcome;
  {
    const py::gil_scoped_release others_run;
    sweep::SweepPlan plan = sweep::make_sweep(read_tree(input), catalog);
    if (plan.file.empty()) plan.file = input.file;
    outcome = sweep_runner::run_sweep(
        plan, catalog,
        {results, threads, {}, ProgressDisplay::style_of_stderr(/*quiet=*/!progress)});
  }
  using namespace py::literals;
  return py::dict("expected"_a = outcome.progress.expected,
                  "done"_a = outcome.progress.before + outcome.progress.committed,
                  "computed"_a = outcome.progress.computed, "failed"_a = outcome.progress.failed,
                  "signal"_a = outcome.signal, "warnings"_a = outcome.warnings,
                  "seconds"_a = outcome.seconds);
}

}  // namespace

void bind_runs(py::module_& module) {
  py::class_<ExperimentInput>(module, "ExperimentInput")
      .def(py::init([](std::string text, std::string file, std::vector<std::string> settings,
                       std::map<std::string, py::object> policies, std::shared_ptr<dag::Dag> dag) {
        return ExperimentInput{std::move(text), std::move(file), std::move(settings),
                               std::move(policies), std::move(dag)};
      }));
  module.def("run_experiment", run_experiment);
  module.def("run_sweep", run_sweep);
  module.def("version", [] { return std::string(text::program_version()); });
}

}  // namespace wukong::python

// Experiments and sweeps, run; task functions of Python, emulated.
#include <pybind11/stl.h>

#include <csignal>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/experiment/feasibility.h"
#include "bench/python/bindings.h"
#include "bench/python/event_list.h"
#include "bench/python/experiment_input.h"
#include "bench/python/python_tasks.h"
#include "bench/result/result_json.h"
#include "bench/run/run_result.h"
#include "bench/simulation/emulate.h"
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

// An emulation answers signals while it runs; what Python does at them stands again afterwards.
class SignalHandlers {
 public:
  SignalHandlers() {
    for (size_t i = 0; i < std::size(kSignals); ++i) sigaction(kSignals[i], nullptr, &before_[i]);
  }
  SignalHandlers(const SignalHandlers&) = delete;
  SignalHandlers& operator=(const SignalHandlers&) = delete;
  ~SignalHandlers() {
    for (size_t i = 0; i < std::size(kSignals); ++i) sigaction(kSignals[i], &before_[i], nullptr);
  }

 private:
  static constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  struct sigaction before_[std::size(kSignals)];
};

// The result document, the results' bytes by task, and the signal that ended it, if one did.
py::tuple emulate(const ExperimentInput& input, const py::function& call) {
  experiment::Experiment experiment = make_experiment(input, nullptr);
  experiment.emulation.command = "python";  // sizes are what the functions make of them
  const experiment::SystemSetup& system = experiment.systems.front();
  experiment::check_feasible(experiment, system, *input.dag);
  simulation::EmulatedRun run;
  std::map<uint32_t, kernels::Value> values;
  {
    const SignalHandlers handlers;
    const py::gil_scoped_release others_run;
    const PythonTasks tasks(*input.dag, call,
                            static_cast<size_t>(simulation::worker_threads(experiment)));
    run =
        simulation::emulate_once(experiment.platform, experiment.emulation,
                                 simulation::job_of(system, experiment.workload.name(), *input.dag),
                                 tasks, {.seed = experiment.seed, .horizon = experiment.horizon});
    values = tasks.results();
  }
  py::dict results;
  for (const auto& [task, value] : values)
    results[py::int_(task)] =
        py::bytes(reinterpret_cast<const char*>(value.bytes().data()), value.bytes().size());
  return py::make_tuple(result::result_document(experiment, {&run.result, 1}), results, run.signal);
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
  module.def("emulate", emulate);
  module.def("version", [] { return std::string(text::program_version()); });
}

}  // namespace wukong::python

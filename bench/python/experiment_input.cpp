#include "bench/python/experiment_input.h"

#include <utility>

#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/settings.h"
#include "bench/python/python_policy.h"
#include "workloads/catalog/workload.h"
#include "workloads/dag/dag.h"

namespace wukong::python {
namespace {

namespace py = pybind11;

const parameters::Origin kByProgram{parameters::Origin::Kind::program, "", 0};

struct BuiltDag final : workloads::WorkloadParameters {
  std::shared_ptr<const dag::Dag> dag;
  void visit(FieldVisitor&) override {}
};

std::unique_ptr<workloads::WorkloadParameters> make_built_dag() {
  return std::make_unique<BuiltDag>();
}

dag::Dag copy_of_built(const workloads::WorkloadParameters& parameters, dag::DagForm) {
  return *dynamic_cast<const BuiltDag&>(parameters).dag;
}

constexpr workloads::Workload kBuiltDag = {.key = "python",
                                           .summary = "a DAG that a program has built",
                                           .example = "",
                                           .path_key = "",
                                           .make_parameters = make_built_dag,
                                           .make_dag = copy_of_built};

// What stands in a section's place in the list of effective parameters.
void replace_parameters(std::vector<parameters::EffectiveParameter>& all,
                        const std::vector<std::string>& path,
                        parameters::EffectiveParameter replacement) {
  std::erase_if(all, [&](const parameters::EffectiveParameter& parameter) {
    return std::equal(path.begin(), path.end(), parameter.path.begin(),
                      parameter.path.begin() +
                          static_cast<int64_t>(std::min(path.size(), parameter.path.size())));
  });
  all.push_back(std::move(replacement));
}

void put_policy(experiment::Experiment& experiment, experiment::SystemSetup& system,
                const py::object& policy, const std::shared_ptr<std::exception_ptr>& raised) {
  auto options = std::make_unique<PythonOptions>();
  options->policy = policy;
  options->raised = raised;
  const std::string name(py::str(py::type::of(policy).attr("__qualname__")));
  system.policy = &kPythonPolicy;
  system.options = std::move(options);
  system.effective = {{{"systems", system.label, "policy"}, "python:" + name, kByProgram, ""}};
  replace_parameters(experiment.effective, {"systems", system.label}, system.effective.front());
}

void put_dag(experiment::Experiment& experiment, std::shared_ptr<const dag::Dag> dag) {
  const auto tasks = static_cast<int64_t>(dag->task_count());
  auto built = std::make_unique<BuiltDag>();
  built->dag = std::move(dag);
  experiment.workload.workload = &kBuiltDag;
  experiment.workload.parameters = std::move(built);
  experiment.workload.path = "workload.python";
  experiment.workload.effective = {{{"workload", "python", "tasks"}, tasks, kByProgram, ""}};
  replace_parameters(experiment.effective, {"workload"}, experiment.workload.effective.front());
}

}  // namespace

parameters::ParameterTree read_tree(const ExperimentInput& input) {
  parameters::ParameterTree tree =
      input.text.empty()
          ? parameters::read_yaml_file(input.file)
          : parameters::parse_yaml(input.text, {parameters::Origin::Kind::file, input.file, 0});
  parameters::apply_settings(tree, input.settings);
  return tree;
}

experiment::Experiment make_experiment(const ExperimentInput& input,
                                       const std::shared_ptr<std::exception_ptr>& raised) {
  experiment::Experiment experiment =
      experiment::make_experiment(read_tree(input), experiment::program_catalog());
  for (experiment::SystemSetup& system : experiment.systems)
    if (const auto found = input.policies.find(system.label); found != input.policies.end())
      put_policy(experiment, system, found->second, raised);
  if (input.dag != nullptr) put_dag(experiment, input.dag);
  return experiment;
}

}  // namespace wukong::python

// Experiments in YAML: the text, then what it names, then the DAG if it is a small one.
#include <cmath>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/explain.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/fuzz/fuzz.h"
#include "workloads/dag/dag.h"

namespace wukong::fuzz {
namespace {

// A DAG of millions of tasks is none of a parser's business.
bool is_small(const experiment::WorkloadSetup& workload) {
  constexpr double kSmall = 24;
  for (const parameters::EffectiveParameter& parameter : workload.effective) {
    if (const auto* whole = std::get_if<int64_t>(&parameter.value); whole && *whole > kSmall)
      return false;
    if (const auto* number = std::get_if<double>(&parameter.value); number && *number > kSmall)
      return false;
  }
  return workload.name() != "wfformat";  // a file, which has a fuzzer of its own
}

void read(const std::string& text) {
  static const experiment::Catalog catalog = experiment::program_catalog();
  const parameters::Origin origin{parameters::Origin::Kind::file, "experiment.yaml", 0};
  const experiment::Experiment experiment =
      experiment::make_experiment(parameters::parse_yaml(text, origin), catalog);
  parameters::explain(experiment.effective);
  if (!is_small(experiment.workload)) return;
  for (const auto form : {dag::DagForm::dask, dag::DagForm::numpywren})
    experiment.workload.make_dag(form);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  accepts([&] { read(text_of(data, size)); });
  return 0;
}

}  // namespace wukong::fuzz

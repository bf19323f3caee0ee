// Experiments in YAML: the text, then what it names, then the DAG if it is a small one.
#include <cmath>

#include "bench/experiment.h"
#include "bench/parameters/explain.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/fuzz/fuzz.h"

namespace wukong::fuzz {
namespace {

// A DAG of millions of tasks is none of a parser's business.
bool is_small(const bench::WorkloadSetup& workload) {
  constexpr double kSmall = 24;
  for (const bench::EffectiveParameter& parameter : workload.effective) {
    if (const auto* whole = std::get_if<int64_t>(&parameter.value); whole && *whole > kSmall)
      return false;
    if (const auto* number = std::get_if<double>(&parameter.value); number && *number > kSmall)
      return false;
  }
  return workload.name() != "wfformat";  // a file, which has a fuzzer of its own
}

void read(const std::string& text) {
  static const bench::Catalog catalog = bench::program_catalog();
  const bench::Origin origin{bench::Origin::Kind::file, "experiment.yaml", 0};
  const bench::Experiment experiment =
      bench::make_experiment(bench::parse_yaml(text, origin), catalog);
  bench::explain(experiment.effective);
  if (!is_small(experiment.workload)) return;
  for (const auto form : {workloads::DagForm::dask, workloads::DagForm::numpywren})
    experiment.workload.make_dag(form);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  accepts([&] { read(text_of(data, size)); });
  return 0;
}

}  // namespace wukong::fuzz

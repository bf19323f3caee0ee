#include "test/bench/support/sweep_study.h"

#include "bench/parameters/parameter_yaml.h"

namespace wukong::test {

sweep::SweepPlan test_sweep(const std::string& more, const experiment::Catalog& catalog) {
  std::string text = more;
  if (more.find("platform:") == std::string::npos) text += "\nplatform: aws-2020";
  if (more.find("workload:") == std::string::npos)
    text += "\nworkload: {tree_reduction: {elements: 16, delay_ms: 0}}";
  return sweep::make_sweep(
      parameters::parse_yaml(text + "\n", {parameters::Origin::Kind::file, "x.yaml", 0}), catalog);
}

results::Study study_in(const std::string& results) {
  results::ResultStore store = results::ResultStore::open_for_reading(results);
  return results::load_study(store, std::nullopt);
}

std::string runs_text(const results::Study& study) {
  exports::ExportOptions options;
  for (size_t i = 0; i < study.metrics.size(); ++i) options.metrics.push_back(i);
  return exports::export_csv(study, options);
}

}  // namespace wukong::test

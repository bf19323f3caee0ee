#include "test/bench/support/sweep_study.h"

#include "bench/parameters/parameter_yaml.h"

namespace wukong::bench {

SweepPlan test_sweep(const std::string& more, const Catalog& catalog) {
  std::string text = more;
  if (more.find("platform:") == std::string::npos) text += "\nplatform: aws-2020";
  if (more.find("workload:") == std::string::npos)
    text += "\nworkload: {tree_reduction: {elements: 16, delay_ms: 0}}";
  return make_sweep(parse_yaml(text + "\n", {Origin::Kind::file, "x.yaml", 0}), catalog);
}

Study study_in(const std::string& results) {
  ResultStore store = ResultStore::open_for_reading(results);
  return load_study(store, std::nullopt);
}

std::string runs_text(const Study& study) {
  ExportOptions options;
  for (size_t i = 0; i < study.metrics.size(); ++i) options.metrics.push_back(i);
  return export_csv(study, options);
}

}  // namespace wukong::bench

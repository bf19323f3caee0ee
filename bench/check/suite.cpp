#include "bench/check/suite.h"

#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/settings.h"
#include "bench/result/metric.h"

namespace wukong::check {
namespace {

constexpr Bounds kRelative{0, 1e6};

Tolerance read_tolerance(const std::string& key, const parameters::ParameterTree& written) {
  Tolerance tolerance;
  if (written.is_map()) {
    parameters::ParameterReader reader(written, {"check", "tolerances", key},
                                       parameters::MissingKey::keeps_default);
    reader.field("increase", tolerance.increase, kRelative);
    reader.field("decrease", tolerance.decrease, kRelative);
    reader.finish();
    return tolerance;
  }
  parameters::ParameterTree map = parameters::ParameterTree::make_map(written.origin);
  map.put(key, written);
  parameters::ParameterReader reader(map, {"check", "tolerances"});
  reader.field(key, tolerance.increase, kRelative);
  tolerance.decrease = tolerance.increase;
  return tolerance;
}

void read_check(const parameters::ParameterTree& check, Suite& suite) {
  if (!check.is_map()) throw Error(check.origin.place("check"), "a map", check.describe());
  for (const parameters::ParameterEntry& entry : check.entries) {
    const ErrorPlace place = entry.value.origin.place("check." + entry.key);
    if (entry.key == "metrics") {
      if (!entry.value.is_list() || entry.value.items.empty())
        throw Error(place, "a list of metrics", entry.value.describe());
      for (const parameters::ParameterTree& name : entry.value.items)
        suite.metrics.emplace_back(result::find_metric(name, place.key).name);
    } else if (entry.key == "tolerances") {
      if (!entry.value.is_map()) throw Error(place, "a map", entry.value.describe());
      for (const parameters::ParameterEntry& tolerance : entry.value.entries) {
        result::find_metric(
            parameters::ParameterTree::make_scalar(tolerance.key, tolerance.value.origin),
            place.key);
        suite.tolerances[tolerance.key] = read_tolerance(tolerance.key, tolerance.value);
      }
    } else {
      throw Error(place, "unknown key" + did_you_mean(entry.key, std::vector<std::string>{
                                                                     "metrics", "tolerances"}));
    }
  }
}

}  // namespace

Tolerance Suite::tolerance_of(const std::string& metric) const {
  const auto found = tolerances.find(metric);
  return found == tolerances.end() ? Tolerance{} : found->second;
}

Suite read_suite(const std::string& file, const std::vector<std::string>& settings,
                 const experiment::Catalog& catalog) {
  return make_suite(parameters::read_yaml_file(file), settings, catalog);
}

Suite make_suite(parameters::ParameterTree tree, const std::vector<std::string>& settings,
                 const experiment::Catalog& catalog) {
  Suite suite;
  if (const parameters::ParameterTree* check = tree.find("check")) {
    read_check(*check, suite);
    tree.remove("check");
  }
  if (suite.metrics.empty())
    for (const result::Metric& metric : result::metrics())
      if (metric.in_baselines == result::InBaselines::yes) suite.metrics.emplace_back(metric.name);
  if (tree.is_map()) parameters::apply_settings(tree, settings);
  suite.plan = sweep::make_sweep(std::move(tree), catalog);
  return suite;
}

}  // namespace wukong::check

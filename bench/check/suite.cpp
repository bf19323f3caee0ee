#include "bench/check/suite.h"

#include "bench/metric.h"
#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/settings.h"

namespace wukong::bench {
namespace {

constexpr Bounds kRelative{0, 1e6};

Tolerance read_tolerance(const std::string& key, const ParameterTree& written) {
  Tolerance tolerance;
  if (written.is_map()) {
    ParameterReader reader(written, {"check", "tolerances", key}, MissingKey::keeps_default);
    reader.field("increase", tolerance.increase, kRelative);
    reader.field("decrease", tolerance.decrease, kRelative);
    reader.finish();
    return tolerance;
  }
  ParameterTree map = ParameterTree::make_map(written.origin);
  map.put(key, written);
  ParameterReader reader(map, {"check", "tolerances"});
  reader.field(key, tolerance.increase, kRelative);
  tolerance.decrease = tolerance.increase;
  return tolerance;
}

void read_check(const ParameterTree& check, Suite& suite) {
  if (!check.is_map()) throw Error(check.origin.place("check"), "a map", check.describe());
  for (const ParameterEntry& entry : check.entries) {
    const ErrorPlace place = entry.value.origin.place("check." + entry.key);
    if (entry.key == "metrics") {
      if (!entry.value.is_list() || entry.value.items.empty())
        throw Error(place, "a list of metrics", entry.value.describe());
      for (const ParameterTree& name : entry.value.items)
        suite.metrics.emplace_back(find_metric(name, place.key).name);
    } else if (entry.key == "tolerances") {
      if (!entry.value.is_map()) throw Error(place, "a map", entry.value.describe());
      for (const ParameterEntry& tolerance : entry.value.entries) {
        find_metric(ParameterTree::make_scalar(tolerance.key, tolerance.value.origin), place.key);
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
                 const Catalog& catalog) {
  return make_suite(read_yaml_file(file), settings, catalog);
}

Suite make_suite(ParameterTree tree, const std::vector<std::string>& settings,
                 const Catalog& catalog) {
  Suite suite;
  if (const ParameterTree* check = tree.find("check")) {
    read_check(*check, suite);
    tree.remove("check");
  }
  if (suite.metrics.empty())
    for (const Metric& metric : metrics())
      if (metric.in_baselines == InBaselines::yes) suite.metrics.emplace_back(metric.name);
  if (tree.is_map()) apply_settings(tree, settings);
  suite.plan = make_sweep(std::move(tree), catalog);
  return suite;
}

}  // namespace wukong::bench

#include "bench/reproduction/point_experiment.h"

#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::reproduction {
namespace {

parameters::ParameterTree point(const std::string& system) {
  return parameters::parse_yaml(
      "platform: aws-2020\nworkload: {tsqr: {rows: 4096, columns: 64}}\nsystem: " + system,
      {parameters::Origin::Kind::file, "f.yaml", 0});
}

std::string value_of(const experiment::Experiment& experiment, const std::string& path) {
  for (const parameters::EffectiveParameter& parameter : experiment.effective)
    if (parameters::path_text(parameter) == path) return parameters::to_text(parameter.value);
  return "missing";
}

TEST_CASE("a setting changes every point, or the points of one system", "[reproduction]") {
  const experiment::Catalog catalog = experiment::program_catalog();
  PointExperiments experiments(catalog, {"platform.functions.memory_mb=1024",
                                         "workload.tsqr.rows=8192", "systems.wukong.invokers=3"});
  const experiment::Experiment wukong = experiments.make(point("{preset: wukong, store: s3}"));
  CHECK(value_of(wukong, "platform.functions.memory_mb") == "1024");
  CHECK(value_of(wukong, "workload.tsqr.rows") == "8192");
  CHECK(value_of(wukong, "systems.wukong.invokers") == "3");
  CHECK(value_of(wukong, "systems.wukong.store.kind") == "s3");
  const experiment::Experiment ideal = experiments.make(point("numpywren"));
  CHECK(value_of(ideal, "platform.functions.memory_mb") == "1024");
  CHECK(value_of(ideal, "systems.numpywren.workers") == "32");
  experiments.check_all_used();
}

TEST_CASE("a setting of `system` reaches the system of every point", "[reproduction]") {
  const experiment::Catalog catalog = experiment::program_catalog();
  PointExperiments experiments(catalog, {"system.workers=5"});
  CHECK(value_of(experiments.make(point("numpywren")), "systems.numpywren.workers") == "5");
  CHECK(test::error_text([&] {
          experiments.make(point("wukong"));
        }).find("--set system.workers=5: systems.wukong.workers: unknown key") == 0);
}

TEST_CASE("settings that nothing has are refused", "[reproduction]") {
  const experiment::Catalog catalog = experiment::program_catalog();
  CHECK(test::error_text([&] { PointExperiments(catalog, {"sistem.workers=5"}); }) ==
        "--set sistem.workers=5: sistem: unknown key (did you mean \"system\"?)");
  CHECK(test::error_text([&] { PointExperiments(catalog, {"systems.wukong=5"}); }) ==
        "--set systems.wukong=5: expected systems.NAME.KEY=VALUE, found \"systems.wukong\"");
  PointExperiments unused(catalog, {"systems.wukon.invokers=5"});
  unused.make(point("wukong"));
  CHECK(test::error_text([&] { unused.check_all_used(); }) ==
        "--set systems.wukon.invokers=5: expected a system of these figures (wukong), found "
        "\"wukon\" (did you mean \"wukong\"?)");
}

TEST_CASE("a point without a system is refused", "[reproduction]") {
  const experiment::Catalog catalog = experiment::program_catalog();
  PointExperiments experiments(catalog, {});
  CHECK(test::error_text([&] { experiments.make(point("none")); }) ==
        "f.yaml:1: system: expected a system's preset or a map, found none");
  CHECK(test::error_text([&] { experiments.make(point("{workers: 3}")); }) ==
        "f.yaml:3: system.preset: expected a system's preset, found nothing (the key is missing)");
}

TEST_CASE("accuracy is reported by policy, and by cluster for Dask", "[reproduction]") {
  const experiment::Catalog catalog = experiment::program_catalog();
  PointExperiments experiments(catalog, {});
  CHECK(system_group(experiments.make(point("wukong-tree"))) == "wukong");
  CHECK(system_group(experiments.make(point("{preset: numpywren, store: redis-1}"))) ==
        "numpywren");
  CHECK(system_group(experiments.make(point("dask-1000"))) == "dask-1000");
  CHECK(system_group(experiments.make(point("dask-125"))) == "dask-125");
}

}  // namespace
}  // namespace wukong::reproduction

// Figures whose points all take pause_s, and what the papers say of them. `again` shows the runs of
// `first` once more.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "bench/calibration/plan.h"
#include "bench/calibration/preset_edition.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/reproduction/library.h"
#include "test/bench/support/test_catalog.h"

namespace wukong::test {

inline constexpr std::array kTrustFiles = {reproduction::LibraryFile{"figures.json", R"json({
  "schema": "wukong.paper-figures/1",
  "figures": [
    {"figure": "first", "title": "First", "unit": "s", "x_name": "n", "x": [1, 2, 4],
     "series": {"pause": [5, 6, 7.2]}, "note": ""},
    {"figure": "second", "title": "Second", "unit": "s", "x_name": "n", "x": [8],
     "series": {"pause": [4]}, "note": ""},
    {"figure": "again", "title": "Again", "unit": "s", "x_name": "n", "x": [1],
     "series": {"pause": [5]}, "note": ""},
    {"figure": "counts", "title": "Counts", "unit": "", "x_name": "n", "x": [1],
     "series": {"stuck": ["fail"], "pause": [7]}, "note": ""}
  ]})json"},
                                           reproduction::LibraryFile{"first.yaml", R"yaml(
experiment: {platform: aws-2020}
metric: makespan_s
plot: {form: lines, x: log, y: log}
series: {pause: {system: pause}}
x: {"1": {workload: {tree_reduction: {elements: 4, delay_ms: 0}}}, "2": {workload: {tree_reduction: {elements: 8, delay_ms: 0}}}, "4": {workload: {tree_reduction: {elements: 16, delay_ms: 0}}}}
)yaml"},
                                           reproduction::LibraryFile{"second.yaml", R"yaml(
experiment: {platform: aws-2020, workload: {tree_reduction: {elements: 32, delay_ms: 0}}}
metric: makespan_s
plot: {form: lines, x: log, y: log}
series: {pause: {system: pause}}
x: {"8": {}}
)yaml"},
                                           reproduction::LibraryFile{"again.yaml", R"yaml(
experiment: {platform: aws-2020, workload: {tree_reduction: {elements: 4, delay_ms: 0}}, horizon_s: 900}
metric: makespan_s
plot: {form: lines, x: log, y: log}
series: {pause: {system: pause}}
x: {"1": {}}
)yaml"},
                                           reproduction::LibraryFile{"headlines.yaml", R"yaml(
headlines:
  - {claim: "first over second", paper: 0.5, unit: x, ratio: [[first, pause, "1"], [second, pause, "8"]]}
  - {claim: "second", paper: 4, unit: s, point: [second, pause, "8"]}
)yaml"}};

// And one of other work: the runs of `again` once more.
inline std::vector<reproduction::LibraryFile> trust_files_with_other_work() {
  std::vector<reproduction::LibraryFile> files(kTrustFiles.begin(), kTrustFiles.end());
  files.push_back({"outside.json", R"json({"schema": "wukong.paper-figures/1", "figures": [
    {"figure": "other", "title": "Other", "unit": "s", "x_name": "n", "x": [1],
     "series": {"pause": [5]}, "note": ""}]})json"});
  files.push_back({"other.yaml", kTrustFiles[3].text});
  return files;
}

struct PauseFigures {
  reproduction::ReproductionLibrary library{kTrustFiles, "made"};
  TestCatalog catalog;
  calibration::PresetEdition presets{catalog.get().presets.all()};
  calibration::CalibrationPlan plan = calibration::make_calibration_plan(parameters::parse_yaml(
      "stages:\n- name: rest\n  points: [\"* pause\"]\n  claims: \"*\"\n  parameters:\n"
      "  - {preset: system/pause, key: pause_s, from: 0.5, to: 50, meaning: how long}\n",
      parameters::Origin{parameters::Origin::Kind::file, "plan.yaml", 0}));
};

}  // namespace wukong::test

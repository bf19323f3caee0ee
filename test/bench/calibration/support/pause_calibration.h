// A calibration whose answer is known: `pause` takes pause_s, and the papers say how long it takes.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "bench/calibration/calibration.h"
#include "bench/parameter_yaml.h"
#include "test/bench/support/test_catalog.h"

namespace wukong::bench {

inline constexpr LibraryFile kPauseFigures{"figures.json", R"json({
  "schema": "wukong.paper-figures/1",
  "figures": [
    {"figure": "pauses", "title": "Pauses", "unit": "s", "x_name": "n", "x": ["1", "2"],
     "series": {"pause": [5, "?"], "long": [7, 7], "refusing": ["fail", null]}, "note": ""}
  ]})json"};

// `long` overrides what is fitted: it stays as it is.
inline constexpr LibraryFile kPauseFigure{"pauses.yaml", R"yaml(
experiment: {platform: aws-2020, workload: {tree_reduction: {elements: 4, delay_ms: 0}}}
metric: makespan_s
plot: {form: lines, x: linear, y: linear}
series:
  pause: {system: pause}
  long: {system: {preset: pause, pause_s: 7}}
  refusing: {system: refusing}
x: {"1": {}, "2": {}}
)yaml"};

inline constexpr std::array kPauseReproduction = {kPauseFigures, kPauseFigure};

inline CalibrationPlan pause_plan(const std::string& bounds, const std::string& points = "*") {
  return make_calibration_plan(parse_yaml("stages:\n- name: rest\n  points: [\"pauses " + points +
                                              "\"]\n  parameters:\n  - {preset: system/pause, key: "
                                              "pause_s, " +
                                              bounds + ", meaning: how long one rests}\n",
                                          Origin{Origin::Kind::file, "plan.yaml", 0}));
}

struct PauseCalibration {
  ReproductionLibrary library{kPauseReproduction, "made"};
  TestCatalog catalog;
  PresetEdition presets{catalog.get().presets.all()};
  CalibrationPlan plan;
  std::vector<StageResult> results;

  PauseCalibration(CalibrationPlan of, const CalibrationOptions& options) : plan(std::move(of)) {
    results = calibrate(library, plan, catalog.get(), presets, options,
                        [](const CalibrationProgress&) {});
  }
};

}  // namespace wukong::bench

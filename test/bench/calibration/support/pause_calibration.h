// A calibration whose answer is known: `pause` takes pause_s, and the papers say how long it takes.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "bench/calibration/calibration.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/bench/support/test_catalog.h"

namespace wukong::test {

inline constexpr reproduction::LibraryFile kPauseFigures{"figures.json", R"json({
  "schema": "wukong.paper-figures/1",
  "figures": [
    {"figure": "pauses", "title": "Pauses", "unit": "s", "x_name": "n", "x": ["1", "2"],
     "series": {"pause": [5, "?"], "long": [7, 7], "refusing": ["fail", null]}, "note": ""}
  ]})json"};

// `long` overrides what is fitted: it stays as it is.
inline constexpr reproduction::LibraryFile kPauseFigure{"pauses.yaml", R"yaml(
experiment: {platform: aws-2020, workload: {tree_reduction: {elements: 4, delay_ms: 0}}}
metric: makespan_s
plot: {form: lines, x: linear, y: linear}
series:
  pause: {system: pause}
  long: {system: {preset: pause, pause_s: 7}}
  refusing: {system: refusing}
x: {"1": {}, "2": {}}
)yaml"};

// The papers have no number for the pause at 2, but a claim about it.
inline constexpr reproduction::LibraryFile kPauseHeadlines{"headlines.yaml", R"yaml(
headlines:
  - {claim: "2: over long", paper: 0.5, unit: x, ratio: [[pauses, pause, "2"], [pauses, long, "1"]]}
  - {claim: "2: less than long", paper: 60, unit: "%", reduction_percent: [[pauses, long, "1"], [pauses, pause, "2"]]}
  - {claim: "2: tasks over long", paper: 1, unit: x, ratio: [[pauses, pause, "2", tasks], [pauses, pause, "2"]]}
  - {claim: "1: over what fails", paper: 3, unit: x, ratio: [[pauses, pause, "1"], [pauses, refusing, "1"]]}
  - {claim: "2: unknown", paper: none, unit: s, point: [pauses, pause, "2"]}
)yaml"};

inline constexpr std::array kPauseReproduction = {kPauseFigures, kPauseFigure, kPauseHeadlines};

inline calibration::CalibrationPlan pause_plan(const std::string& bounds,
                                               const std::string& points = "*",
                                               const std::string& claim = "") {
  const std::string claims = claim.empty() ? "" : "  claims: \"" + claim + "\"\n";
  return calibration::make_calibration_plan(
      parameters::parse_yaml("stages:\n- name: rest\n  points: [\"pauses " + points +
                                 "\"]\n  parameters:\n  - {preset: system/pause, key: pause_s, " +
                                 bounds + ", meaning: how long one rests}\n" + claims,
                             parameters::Origin{parameters::Origin::Kind::file, "plan.yaml", 0}));
}

struct PauseCalibration {
  reproduction::ReproductionLibrary library{kPauseReproduction, "made"};
  TestCatalog catalog;
  calibration::PresetEdition presets{catalog.get().presets.all()};
  calibration::CalibrationPlan plan;
  std::vector<calibration::StageResult> results;

  PauseCalibration(calibration::CalibrationPlan of, const calibration::CalibrationOptions& options)
      : plan(std::move(of)) {
    results = calibration::calibrate(library, plan, catalog.get(), presets, options,
                                     [](const calibration::CalibrationProgress&) {});
  }
};

}  // namespace wukong::test

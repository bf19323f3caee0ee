// What is fitted to what: the stages of configs/reproduction/calibration.yaml, each with the points
// that it fits and its free parameters. Bounds are in the unit of the parameter's key.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/calibration/point_pattern.h"
#include "bench/parameters/parameter_tree.h"
#include "sim/base/fields.h"

namespace wukong::calibration {

// A value in a preset's own file.
struct PresetPlace {
  std::string kind;  // platform, store, system
  std::string preset;
  std::vector<std::string> key;
  parameters::Origin origin;  // where the plan names it

  std::string preset_text() const { return kind + "/" + preset; }
  std::string key_text() const;
  std::string text() const { return preset_text() + " " + key_text(); }
};

struct FreeParameter {
  // The same number in all of them, as where four presets of Dask are of the same program.
  std::vector<PresetPlace> places;
  double from = 0;
  double to = 0;
  bool whole = false;   // a count: has no fraction
  std::string meaning;  // why it is free, and why these bounds; becomes part of its provenance
  parameters::Origin origin;

  void visit(FieldVisitor& v);
  // "system/dask-125 assign_time_us, and 3 more"
  std::string name() const;
};

struct CalibrationStage {
  std::string name;
  std::vector<PointPattern> points;
  std::vector<PointPattern> except;
  std::vector<ClaimPattern> claims;
  std::vector<FreeParameter> parameters;
  parameters::Origin origin;

  bool fits(const PointName& point) const;
  bool fits(std::string_view claim) const;
};

struct CalibrationPlan {
  std::vector<CalibrationStage> stages;

  // Those of these names in the order of the plan; none: all. Throws Error for an unknown name.
  std::vector<const CalibrationStage*> select(const std::vector<std::string>& names) const;
};

// Throws Error placed in the plan's file.
CalibrationPlan make_calibration_plan(const parameters::ParameterTree& tree);

}  // namespace wukong::calibration

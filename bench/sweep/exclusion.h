// A rule that takes points out of a grid: all of its conditions hold. A condition is a value, a
// list of values, or bounds: {above: 1}, {below: 1}, {at_least: 1}, {at_most: 1}. The key `system`
// takes only that system out of the points.
//   exclude:
//     - {workload.tsqr.rows: 16777216, systems.numpywren.workers: {below: 64}}
//     - {workload.tsqr.rows: {above: 16777216}, system: numpywren}
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/sweep/axis.h"

namespace wukong::sweep {

class Exclusion {
 public:
  // Axes and systems are those of the sweep, for the conditions' keys and for errors.
  Exclusion(const parameters::ParameterTree& rule, std::span<const Axis> axes,
            std::span<const std::string> systems);

  // `values`: of a point, by axis.
  bool holds(std::span<const AxisValue* const> values) const;
  // Taken out of the point; nothing: the whole point is.
  const std::optional<size_t>& system() const { return system_; }

 private:
  struct Condition {
    size_t axis = 0;
    std::vector<std::string> any_of;
    double above = 0, below = 0, at_least = 0, at_most = 0;
    bool has_bounds = false;
    bool holds(const AxisValue& value) const;
  };
  static Condition read_condition(const std::string& key, const parameters::ParameterTree& written);

  std::vector<Condition> conditions_;
  std::optional<size_t> system_;
};

}  // namespace wukong::sweep

// An axis of a sweep: a key of the experiment, and the values that it takes. Written as a list, or
// as a range:
//   [1, 2, 4]                                      these values
//   {from: 1, to: 9, steps: 5}                     1, 3, 5, 7, 9; or `step: 2`
//   {from: 1, to: 1000, steps: 4, scale: logarithmic}   1, 10, 100, 1000
//   {from: 1, to: 64, powers_of: 2}                1, 2, 4, ... 64
//   {from: 0.1, to: 2}                             any value between; only where points are sampled
// `whole: true` rounds to whole numbers. Errors name the line of what is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/parameters/parameter_tree.h"

namespace wukong::sweep {

struct AxisValue {
  parameters::ParameterTree tree;
  std::string text;  // on one line; names the value in tables and documents
};

// All values between two.
struct ContinuousRange {
  double from = 0;
  double to = 0;
  bool logarithmic = false;
  bool whole = false;

  // REQUIRES: 0 <= fraction <= 1.
  double at(double fraction) const;
};

struct Axis {
  std::string key;  // dotted
  parameters::Origin origin;
  std::vector<AxisValue> values;
  std::optional<ContinuousRange> range;  // if it is one, there are no values yet
};

// REQUIRES: `written` is a list or a map.
Axis read_axis(const std::string& key, const parameters::ParameterTree& written);
// The same, at the end of `axes`, which become 32 at most.
void add_axis(std::vector<Axis>& axes, const std::string& key,
              const parameters::ParameterTree& written);

// Whether a map is written as a range, rather than as a map of parameters.
bool looks_like_range(const parameters::ParameterTree& written);

AxisValue make_axis_value(parameters::ParameterTree tree);
AxisValue make_axis_number(double number, const parameters::Origin& origin);

// YAML on one line: "1", "{tsqr: {rows: 1024}}".
std::string flow_text(const parameters::ParameterTree& tree);

}  // namespace wukong::sweep

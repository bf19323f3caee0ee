// How long a cold start takes: a placement time, then a time drawn from the measured distribution
// of the function's runtime and package, by its inverse: linear in the logarithm of the time
// between the points of the table. The size of the package adds to it.
#pragma once

#include <string>
#include <vector>

#include "sim/base/random.h"
#include "sim/functions/lambda_spec.h"

namespace wukong::functions {

// The inverse of a distribution function, from points of it.
class QuantileTable {
 public:
  // Throws Error, with `key` as its place, unless both lists ascend, have the same length of at
  // least two, and the probabilities run from 0 to 1.
  QuantileTable(const ColdStartDistribution& points, const std::string& key);

  // The time that is not exceeded with this probability. REQUIRES: 0 <= probability <= 1.
  Duration at(double probability) const;

 private:
  std::vector<double> probabilities_;
  std::vector<double> log_ms_;
};

struct ColdStart {
  Duration placement;
  Duration initialization;  // this part is billed, if any
};

class ColdStartModel {
 public:
  // Throws Error if the spec has no such runtime and package.
  explicit ColdStartModel(const LambdaSpec& spec);

  ColdStart sample(RandomStream& random) const;
  // What a cold start adds, in the median.
  Duration typical() const { return placement_ + package_ + table_.at(0.5); }

 private:
  Duration placement_;
  Duration package_;
  QuantileTable table_;
};

}  // namespace wukong::functions

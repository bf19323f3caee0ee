// A distribution as a table of published points: so much of everything is at most that large.
// Between two points it is straight, in the value or in its logarithm.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/random.h"

namespace wukong::trace_generator {

enum class Between { linear, logarithmic };

class QuantileTable {
 public:
  // Throws Error below `key` unless there are as many cumulative shares as values, at least two,
  // both never falling, the shares from 0 to 1, and the values above 0 if they are logarithmic.
  QuantileTable(std::vector<double> values, std::vector<double> cumulative, Between between,
                const std::string& key);

  // REQUIRES: 0 <= probability <= 1.
  double quantile(double probability) const;
  // The share of what is at most `value`.
  double cumulative(double value) const;

 private:
  std::vector<double> values_;
  std::vector<double> cumulative_;
  Between between_;
};

// One probability from each of `count` equal parts of [0, 1), in random order: a sample of any size
// has the shape of the distribution that it is put into.
std::vector<double> stratified_probabilities(size_t count, RandomStream& random);

}  // namespace wukong::trace_generator

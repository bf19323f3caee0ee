// What replicates say: a summary with a confidence interval of the mean (Student's t), and paired
// comparisons of two systems that had the same seeds. Never a bare mean.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace wukong::results {

struct Interval {
  double low = 0;
  double high = 0;
};

struct Sample {
  size_t count = 0;
  double mean = 0;
  double deviation = 0;  // standard deviation, of n - 1; 0 for a single value
  double least = 0;
  double quantile_05 = 0;
  double median = 0;
  double quantile_95 = 0;
  double most = 0;
  // Of the mean. Nothing if there are fewer than two values.
  std::optional<Interval> interval;

  double halfwidth() const { return interval ? (interval->high - interval->low) / 2 : 0; }
};

// `confidence` is that of the interval, e.g. 0.95. REQUIRES: 0 < confidence < 1; values finite.
Sample describe_sample(std::span<const double> values, double confidence);

// Linear between the values in order (type 7 of Hyndman and Fan). REQUIRES: sorted, not empty.
double quantile(std::span<const double> sorted, double probability);

// One value by another, paired by seed.
struct PairedValues {
  double value = 0;
  double base = 0;
};
struct Comparison {
  size_t pairs = 0;
  double difference = 0;  // mean of value - base
  std::optional<Interval> difference_interval;
  // The geometric mean of value / base; nothing unless all of both are above zero.
  std::optional<double> ratio;
  std::optional<Interval> ratio_interval;
};
Comparison compare_pairs(std::span<const PairedValues> pairs, double confidence);

// The two-sided quantile of Student's t. REQUIRES: degrees >= 1.
double student_t(double confidence, size_t degrees);

}  // namespace wukong::results

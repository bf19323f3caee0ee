#include "bench/results/statistics.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace wukong::results {
namespace {

struct Moments {
  double mean = 0;
  double deviation = 0;
};

Moments moments_of(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  double sum = 0;
  for (const double value : values) sum += value;
  // A sum's rounding must not put the mean outside of what was observed.
  const double mean = std::clamp(sum / count, *least, *most);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, values.size() < 2 ? 0 : std::sqrt(squares / (count - 1))};
}

std::optional<Interval> interval_of(const Moments& moments, size_t count, double confidence) {
  if (count < 2) return std::nullopt;
  const double half =
      student_t(confidence, count - 1) * moments.deviation / std::sqrt(static_cast<double>(count));
  return Interval{moments.mean - half, moments.mean + half};
}

}  // namespace

double student_t(double confidence, size_t degrees) {
  ENSURE(confidence > 0 && confidence < 1, confidence);
  ENSURE(degrees >= 1);
  const boost::math::students_t distribution(static_cast<double>(degrees));
  return boost::math::quantile(boost::math::complement(distribution, (1 - confidence) / 2));
}

double quantile(std::span<const double> sorted, double probability) {
  ENSURE(!sorted.empty());
  ENSURE(probability >= 0 && probability <= 1, probability);
  const double at = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(at);
  if (below + 1 == sorted.size()) return sorted[below];
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

Sample describe_sample(std::span<const double> values, double confidence) {
  Sample sample;
  if (values.empty()) return sample;
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const Moments moments = moments_of(values);
  sample.count = values.size();
  sample.mean = moments.mean;
  sample.deviation = moments.deviation;
  sample.least = sorted.front();
  sample.quantile_05 = quantile(sorted, 0.05);
  sample.median = quantile(sorted, 0.5);
  sample.quantile_95 = quantile(sorted, 0.95);
  sample.most = sorted.back();
  sample.interval = interval_of(moments, values.size(), confidence);
  return sample;
}

Comparison compare_pairs(std::span<const PairedValues> pairs, double confidence) {
  Comparison comparison;
  comparison.pairs = pairs.size();
  if (pairs.empty()) return comparison;
  std::vector<double> differences;
  std::vector<double> logs;
  for (const PairedValues& pair : pairs) {
    differences.push_back(pair.value - pair.base);
    if (pair.value > 0 && pair.base > 0)
      logs.push_back(pair.value == pair.base ? 0 : portable_log(pair.value / pair.base));
  }
  const Moments difference = moments_of(differences);
  comparison.difference = difference.mean;
  comparison.difference_interval = interval_of(difference, pairs.size(), confidence);
  if (logs.size() != pairs.size()) return comparison;
  const Moments log_ratio = moments_of(logs);
  comparison.ratio = portable_exp(log_ratio.mean);
  if (const auto interval = interval_of(log_ratio, pairs.size(), confidence))
    comparison.ratio_interval = {portable_exp(interval->low), portable_exp(interval->high)};
  return comparison;
}

}  // namespace wukong::results

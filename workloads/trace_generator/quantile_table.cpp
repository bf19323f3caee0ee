#include "workloads/trace_generator/quantile_table.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wukong::trace_generator {
namespace {

double part_of(double low, double high, double value) {
  return high > low ? (value - low) / (high - low) : 1;
}

}  // namespace

QuantileTable::QuantileTable(std::vector<double> values, std::vector<double> cumulative,
                             Between between, const std::string& key)
    : values_(std::move(values)), cumulative_(std::move(cumulative)), between_(between) {
  const auto refuse = [&](const std::string& expected, const std::string& found) {
    throw Error(ErrorPlace{"", 0, key}, expected, found);
  };
  if (values_.size() < 2) refuse("at least two points", std::to_string(values_.size()));
  if (values_.size() != cumulative_.size())
    refuse("as many cumulative shares as values, " + std::to_string(values_.size()),
           std::to_string(cumulative_.size()));
  if (!std::is_sorted(values_.begin(), values_.end()))
    refuse("values that never fall", "one below the one before it");
  if (!std::is_sorted(cumulative_.begin(), cumulative_.end()))
    refuse("shares that never fall", "one below the one before it");
  if (cumulative_.front() != 0 || cumulative_.back() != 1)
    refuse("shares from 0 to 1",
           std::to_string(cumulative_.front()) + " to " + std::to_string(cumulative_.back()));
  if (between_ == Between::logarithmic && values_.front() <= 0)
    refuse("values above 0", std::to_string(values_.front()));
}

double QuantileTable::quantile(double probability) const {
  ENSURE(probability >= 0 && probability <= 1, probability);
  auto above = static_cast<size_t>(
      std::upper_bound(cumulative_.begin(), cumulative_.end(), probability) - cumulative_.begin());
  above = std::clamp<size_t>(above, 1, values_.size() - 1);
  const double part = part_of(cumulative_[above - 1], cumulative_[above], probability);
  const double low = values_[above - 1], high = values_[above];
  if (between_ == Between::linear || low == high) return low + part * (high - low);
  return low * portable_exp(part * portable_log(high / low));
}

double QuantileTable::cumulative(double value) const {
  if (value < values_.front()) return 0;
  if (value >= values_.back()) return 1;
  const auto above = static_cast<size_t>(std::upper_bound(values_.begin(), values_.end(), value) -
                                         values_.begin());
  const double low = values_[above - 1], high = values_[above];
  const double part = between_ == Between::linear
                          ? part_of(low, high, value)
                          : portable_log(value / low) / portable_log(high / low);
  return cumulative_[above - 1] + part * (cumulative_[above] - cumulative_[above - 1]);
}

std::vector<double> stratified_probabilities(size_t count, RandomStream& random) {
  std::vector<double> probabilities(count);
  for (size_t i = 0; i < count; ++i)
    probabilities[i] = (static_cast<double>(i) + random.uniform()) / static_cast<double>(count);
  for (size_t i = count; i > 1; --i)
    std::swap(probabilities[i - 1], probabilities[random.below(i)]);
  return probabilities;
}

}  // namespace wukong::trace_generator

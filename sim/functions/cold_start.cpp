#include "sim/functions/cold_start.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wukong::functions {
namespace {

constexpr const char* kTables = "functions.cold_starts";

std::string table_name(const LambdaSpec& spec) {
  return spec.cold_start.runtime + "_" + spec.cold_start.package;
}

const ColdStartDistribution& distribution_of(const LambdaSpec& spec) {
  const std::string name = table_name(spec);
  const auto found = spec.cold_starts.find(name);
  if (found != spec.cold_starts.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [known, distribution] : spec.cold_starts) names.push_back(known);
  throw Error(ErrorPlace{"", 0, "functions.cold_start"},
              std::string("a runtime and package that ") + kTables + " has",
              "\"" + name + "\"" + did_you_mean(name, names));
}

bool ascends(const std::vector<double>& values) {
  return std::adjacent_find(values.begin(), values.end(),
                            [](double a, double b) { return !(a < b); }) == values.end();
}

}  // namespace

QuantileTable::QuantileTable(const ColdStartDistribution& points, const std::string& key)
    : probabilities_(points.probabilities) {
  const std::vector<double>& p = probabilities_;
  const std::vector<double>& ms = points.added_latency_ms;
  if (p.size() < 2 || p.front() != 0 || p.back() != 1 || !ascends(p))
    throw Error(ErrorPlace{"", 0, key + ".probabilities"},
                "expected at least two numbers that ascend from 0 to 1");
  if (ms.size() != p.size() || !(ms.front() > 0) || !ascends(ms))
    throw Error(ErrorPlace{"", 0, key + ".added_latency_ms"},
                "expected a positive, ascending number for each of the " +
                    std::to_string(p.size()) + " probabilities");
  for (const double value : ms) log_ms_.push_back(portable_log(value));
}

Duration QuantileTable::at(double probability) const {
  ENSURE(probability >= 0 && probability <= 1, probability);
  const auto above =
      std::upper_bound(probabilities_.begin() + 1, probabilities_.end() - 1, probability);
  const auto i = static_cast<size_t>(above - probabilities_.begin());
  const double part =
      (probability - probabilities_[i - 1]) / (probabilities_[i] - probabilities_[i - 1]);
  const double log_ms = log_ms_[i - 1] + part * (log_ms_[i] - log_ms_[i - 1]);
  return Duration::from_seconds(portable_exp(log_ms) * 1e-3);
}

ColdStartModel::ColdStartModel(const LambdaSpec& spec)
    : placement_(spec.cold_start.placement),
      package_(scaled(distribution_of(spec).per_package_mb, spec.cold_start.package_mb)),
      table_(distribution_of(spec), std::string(kTables) + "." + table_name(spec)) {}

ColdStart ColdStartModel::sample(RandomStream& random) const {
  return ColdStart{placement_, table_.at(random.uniform()) + package_};
}

}  // namespace wukong::functions

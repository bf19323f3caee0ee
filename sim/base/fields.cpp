#include "sim/base/fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/base/bytes.h"
#include "sim/base/check.h"
#include "sim/base/money.h"
#include "sim/base/time.h"

namespace wukong {
namespace {

using Unit = std::pair<std::string_view, double>;

constexpr std::array kTimeUnits = {Unit{"_ns", 1.0}, Unit{"_us", 1e3}, Unit{"_ms", 1e6},
                                   Unit{"_s", 1e9}};
constexpr std::array kByteUnits = {
    Unit{"_bytes", 1.0}, Unit{"_kib", 1024.0}, Unit{"_mib", 1048576.0}, Unit{"_gib", 1073741824.0},
    Unit{"_kb", 1e3},    Unit{"_mb", 1e6},     Unit{"_gb", 1e9}};
constexpr std::array kBandwidthUnits = {Unit{"_mib_per_s", 1048576.0}, Unit{"_mb_per_s", 1e6},
                                        Unit{"_gb_per_s", 1e9}, Unit{"_gbit_per_s", 1.25e8}};

template <size_t Size>
double unit_of(std::string_view key, const std::array<Unit, Size>& units) {
  for (const auto& [suffix, factor] : units)
    if (key.ends_with(suffix)) return factor;
  ENSURE(false && "a field's key must end in its unit", std::string(key));
  return 1;
}

// The most of a type, in the unit in which it counts: far enough below 2^63 that a run can add some
// of them up.
constexpr Bounds kDurations{-1e18, 1e18, "64 bits of nanoseconds hold nine of them"};
constexpr Bounds kAmounts{-1e15, 1e15, "64 bits of bytes hold thousands of them"};
constexpr Bounds kBandwidths{0, static_cast<double>(Bandwidth::unlimited().count()),
                             "no transfer could notice more"};
constexpr Bounds kDollars{0, 1e6, "64 bits of picodollars hold nine of them"};

// Shows `count` in the unit of `key`, and takes back what the visitor makes of it. An untouched
// value keeps its last bit.
template <size_t Size>
int64_t visit_in_unit(FieldVisitor& visitor, std::string_view key, int64_t count, Bounds bounds,
                      const Bounds& of_type, const std::array<Unit, Size>& units) {
  const double factor = unit_of(key, units);
  const double before = static_cast<double>(count) / factor;
  double after = before;
  if (bounds.most > of_type.most / factor)
    bounds.most = of_type.most / factor, bounds.because = of_type.because;
  bounds.least = std::max(bounds.least, of_type.least / factor);
  visitor.field(key, after, bounds);
  if (after == before) return count;
  ENSURE(std::abs(after) <= of_type.most / factor, std::string(key), after);
  const auto rounded = static_cast<int64_t>(std::llround(after * factor));
  // What must be more than nothing is at least one of what is counted.
  return bounds.least > 0 ? std::max<int64_t>(rounded, 1) : rounded;
}

}  // namespace

void FieldVisitor::duration(std::string_view key, Duration& value, Bounds bounds) {
  value = Duration::nanoseconds(
      visit_in_unit(*this, key, value.count_ns(), bounds, kDurations, kTimeUnits));
}

void FieldVisitor::interval(std::string_view key, Duration& value) {
  constexpr double kLeast = 1e5;  // nanoseconds
  duration(key, value, Bounds{kLeast / unit_of(key, kTimeUnits), kNonNegative.most});
}

void FieldVisitor::bytes(std::string_view key, Bytes& value, Bounds bounds) {
  value = Bytes(visit_in_unit(*this, key, value.count(), bounds, kAmounts, kByteUnits));
}

void FieldVisitor::bandwidth(std::string_view key, Bandwidth& value, Bandwidth at_least) {
  const double least = static_cast<double>(at_least.count()) / unit_of(key, kBandwidthUnits);
  value = Bandwidth::bytes_per_second(visit_in_unit(
      *this, key, value.count(), Bounds{least, kPositive.most}, kBandwidths, kBandwidthUnits));
}

void FieldVisitor::money(std::string_view key, Money& value) {
  const double before = value.to_usd();
  double after = before;
  field(key, after, kDollars);
  if (after == before) return;
  ENSURE(after >= kDollars.least && after <= kDollars.most, std::string(key), after);
  value = Money::from_usd(after);
}

}  // namespace wukong

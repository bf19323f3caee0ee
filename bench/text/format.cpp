#include "bench/text/format.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace wukong::text {
namespace {

using Unit = std::pair<double, std::string_view>;

std::string with_separators(std::string digits) {
  const size_t start = digits.starts_with('-') ? 1 : 0;
  const size_t dot = digits.find('.');
  for (size_t i = dot == std::string::npos ? digits.size() : dot; i > start + 3; i -= 3)
    digits.insert(i - 3, ",");
  return digits;
}

// The largest unit of which `value` has at least one, else the smallest.
template <size_t Size>
std::string in_unit(double value, const std::array<Unit, Size>& units) {
  // What rounds up to 1000 of a unit is shown as 1 of the next.
  constexpr double kRoundsUp = 0.9995;
  for (const auto& [factor, name] : units)
    if (std::abs(value) >= factor * kRoundsUp)
      return fmt::format("{} {}", format_significant(value / factor), name);
  const auto& [factor, name] = units.back();
  return fmt::format("{} {}", format_significant(value / factor), name);
}

}  // namespace

std::string format_significant(double value) {
  if (value == 0) return "0";
  const double size = std::abs(value);
  if (size >= 99.95) return with_separators(fmt::format("{:.0f}", value));
  int decimals = 2;
  for (double limit = 9.995; size < limit && decimals < 12; limit /= 10) ++decimals;
  return fmt::format("{:.{}f}", value, decimals - 1);
}

std::string format_time(double seconds) {
  constexpr std::array kUnits = {Unit{1, "s"}, Unit{1e-3, "ms"}, Unit{1e-6, "us"}};
  return seconds == 0 ? "0 s" : in_unit(seconds, kUnits);
}

std::string format_bytes(double bytes) {
  constexpr std::array kUnits = {Unit{1e15, "PB"}, Unit{1e12, "TB"}, Unit{1e9, "GB"},
                                 Unit{1e6, "MB"}, Unit{1e3, "kB"}};
  if (std::abs(bytes) < 999.5) return fmt::format("{:.0f} B", bytes);
  return in_unit(bytes, kUnits);
}

std::string format_money(double usd) {
  if (usd == 0) return "$0";
  if (usd >= 0.995) return "$" + with_separators(fmt::format("{:.2f}", usd));
  return "$" + format_significant(usd);
}

std::string format_whole(int64_t number) { return with_separators(fmt::format("{}", number)); }

std::string format_count(double count) {
  const bool whole = count == std::floor(count);
  return with_separators(fmt::format("{:.{}f}", count, whole ? 0 : 1));
}

std::string format_ratio(double ratio) {
  if (!std::isfinite(ratio)) return "-";
  return format_significant(ratio) + "x";
}

double seconds_of(Duration time) { return static_cast<double>(time.count_ns()) / 1e9; }
double usd_of(Money money) { return static_cast<double>(money.count_pico_usd()) / 1e12; }

}  // namespace wukong::text

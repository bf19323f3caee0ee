#include "bench/exports/plot_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace wukong::exports {
namespace {

constexpr double kLeastPrefixed = 10'000;  // numbers below have few digits anyway
constexpr double kMostPrefixed = 1e18;

struct Unit {
  const char* ending;
  const char* text;
};
// The units that keys end in.
constexpr Unit kUnits[] = {
    {"_mb_per_s", "MB/s"}, {"_per_s", "1/s"},  {"_percent", "%"}, {"_bytes", "bytes"},
    {"_usd", "USD"},       {"_kib", "KiB"},    {"_mib", "MiB"},   {"_gib", "GiB"},
    {"_mbps", "Mbit/s"},   {"_kb", "kB"},      {"_mb", "MB"},     {"_gb", "GB"},
    {"_ms", "ms"},         {"_us", "\u00b5s"}, {"_ns", "ns"},     {"_s", "s"},
};

std::string with_unit(std::string name) {
  std::string unit;
  for (const Unit& known : kUnits)
    if (name.ends_with(known.ending) && name.size() > std::string_view(known.ending).size()) {
      name.resize(name.size() - std::string_view(known.ending).size());
      unit = known.text;
      break;
    }
  std::replace(name.begin(), name.end(), '_', ' ');
  return unit.empty() ? name : fmt::format("{} ({})", name, unit);
}

std::string last_part(const std::string& key) { return key.substr(key.rfind('.') + 1); }

// With the prefix of a power of 1000 and so many digits.
std::string with_prefix(double value, int digits) {
  constexpr const char* kPrefixes[] = {"", "k", "M", "G", "T", "P"};
  size_t power = 0;
  while (std::abs(value) >= 1000 && power + 1 < std::size(kPrefixes)) {
    value /= 1000;
    ++power;
  }
  const std::string text = fmt::format("{:.{}g}", value, digits);
  return power == 0 ? text : text + " " + kPrefixes[power];
}

// 16777216 is 16 Mi; nothing for what is no multiple of 1024.
std::optional<std::string> with_binary_prefix(double value) {
  constexpr const char* kPrefixes[] = {"Ki", "Mi", "Gi", "Ti"};
  auto whole = static_cast<int64_t>(value);
  size_t power = 0;
  while (whole % 1024 == 0 && power < std::size(kPrefixes)) {
    whole /= 1024;
    ++power;
  }
  if (power == 0 || whole >= 10'000) return std::nullopt;
  return fmt::format("{} {}", whole, kPrefixes[power - 1]);
}

bool has_prefix(double value) {
  return std::abs(value) >= kLeastPrefixed && std::abs(value) < kMostPrefixed;
}

// Four digits say all of it.
bool is_round(double value) {
  const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 3);
  return std::abs(std::remainder(value, unit)) < 1e-9 * std::abs(value);
}

bool is_whole_number(double value) { return std::trunc(value) == value; }

}  // namespace

std::optional<double> number_of_text(const std::string& text) {
  double number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

std::string axis_label(const std::string& key, const std::vector<std::string>& others) {
  const std::string name = last_part(key);
  const auto alike = [&](const std::string& other) { return last_part(other) == name; };
  if (name == key || std::count_if(others.begin(), others.end(), alike) < 2) return with_unit(name);
  return last_part(key.substr(0, key.rfind('.'))) + " " + with_unit(name);
}

std::string exact_label(const std::string& value) {
  const std::optional<double> number = number_of_text(value);
  if (!number || !has_prefix(*number)) return value;
  if (is_round(*number)) return with_prefix(*number, 4);
  if (is_whole_number(*number))
    if (const auto binary = with_binary_prefix(*number)) return *binary;
  return value;
}

std::string tic_label(double value) {
  if (!has_prefix(value)) return fmt::format("{:.4g}", value);
  if (is_round(value)) return with_prefix(value, 4);
  if (is_whole_number(value))
    if (const auto binary = with_binary_prefix(value)) return *binary;
  return with_prefix(value, 3);
}

}  // namespace wukong::exports

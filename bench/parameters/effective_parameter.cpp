#include "bench/parameters/effective_parameter.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace wukong::parameters {
namespace {

using Unit = std::pair<std::string_view, std::string_view>;

// The longest suffix first, so that `_mb_per_s` is not read as a rate of something else.
constexpr std::array kUnits = {Unit{"_mib_per_s", "MiB/s"},
                               Unit{"_mb_per_s", "MB/s"},
                               Unit{"_gb_per_s", "GB/s"},
                               Unit{"_gbit_per_s", "Gbit/s"},
                               Unit{"_per_second", "1/s"},
                               Unit{"_per_minute", "1/min"},
                               Unit{"_per_s", "1/s"},
                               Unit{"_bytes", "B"},
                               Unit{"_kib", "KiB"},
                               Unit{"_mib", "MiB"},
                               Unit{"_gib", "GiB"},
                               Unit{"_kb", "kB"},
                               Unit{"_mb", "MB"},
                               Unit{"_gb", "GB"},
                               Unit{"_ns", "ns"},
                               Unit{"_us", "us"},
                               Unit{"_ms", "ms"},
                               Unit{"_s", "s"},
                               Unit{"_usd", "$"}};
constexpr std::array kPriceQuantities = {Unit{"gb_s", "GB-s"}, Unit{"gb_second", "GB-s"},
                                         Unit{"hour", "h"}, Unit{"gb", "GB"}};

struct ToText {
  std::string operator()(None) const { return "none"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(int64_t value) const { return std::to_string(value); }
  // The shortest text that reads back as the same number.
  std::string operator()(double value) const { return fmt::format("{}", value); }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const std::vector<double>& values) const {
    return fmt::format("[{}]", fmt::join(values, ", "));
  }
};

}  // namespace

std::string to_text(const ParameterValue& value) { return std::visit(ToText{}, value); }

std::string path_text(const EffectiveParameter& parameter) {
  std::string text;
  for (const std::string& key : parameter.path) text = join_path(text, key);
  return text;
}

void add_identity(const EffectiveParameter& parameter, text::Digest& digest) {
  digest.add(path_text(parameter)).add(to_text(parameter.value)).add(parameter.content);
}

std::string unit_of_key(std::string_view key) {
  constexpr std::string_view kPrice = "_usd_per_";
  if (const size_t at = key.find(kPrice); at != std::string_view::npos) {
    const std::string_view quantity = key.substr(at + kPrice.size());
    for (const auto& [suffix, unit] : kPriceQuantities)
      if (quantity == suffix) return fmt::format("$/{}", unit);
    std::string words(quantity);
    for (char& c : words)
      if (c == '_') c = ' ';
    return "$/" + words;
  }
  if (key.find("gflops") != std::string_view::npos) return "Gflop/s";
  for (const auto& [suffix, unit] : kUnits)
    if (key.ends_with(suffix)) return std::string(unit);
  return "";
}

}  // namespace wukong::parameters

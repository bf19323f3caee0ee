#include "bench/fuzz_options/option_draw.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>

namespace wukong::fuzz_options {
namespace {

template <class T, size_t Size>
T one_of(const T (&values)[Size], RandomStream& random) {
  return values[random.below(Size)];
}

// In seconds, of a key whose unit is a time.
std::optional<double> seconds_of(const std::string& key, double value) {
  constexpr std::pair<std::string_view, double> kUnits[] = {
      {"_ns", 1e-9}, {"_us", 1e-6}, {"_ms", 1e-3}};
  for (const auto& [suffix, factor] : kUnits)
    if (key.ends_with(suffix)) return value * factor;
  if (key.ends_with("_s") && !key.ends_with("_per_s")) return value;
  return std::nullopt;
}

// A run spends a minute for each of its tasks before anybody asks why: so a time of ten seconds is
// nothing to explain, nor is what a preset has, or twice that.
bool is_extreme(const Option& option, double value) {
  constexpr double kShort = 10;  // seconds
  if (const auto seconds = seconds_of(option.key, value))
    return *seconds > std::max(kShort, 2 * *seconds_of(option.key, option.value));
  const double preset = std::max(option.value, option.bounds.least);
  if (option.kind == OptionKind::integer) return value > 4 * preset + 4;
  const bool is_share = option.bounds.most <= 1;
  return !is_share && (value < preset / 4 || value > 4 * preset);
}

double draw_number(const Option& option, RandomStream& random) {
  const Bounds bounds = option.bounds;
  const bool whole = option.kind == OptionKind::integer;
  const double preset = option.value;
  const double step = whole ? 1 : preset / 1000;
  // A bound that says why stands for memory or time that a run would take.
  const bool may_be_most = bounds.because.empty() || bounds.most > kMachines.most;
  double value = preset;
  switch (random.below(10)) {
    case 0:
    case 1:
      value = preset * one_of({0.5, 2.}, random);
      break;
    case 2:
      value = preset * one_of({0.1, 10.}, random);
      break;
    case 3:
      value = preset + one_of({-step, step}, random);
      break;
    case 4:
    case 5:
      value = bounds.least;
      break;
    case 6:
    case 7:
      value = one_of({0., 1., 1., 2., 3.}, random);
      break;
    case 8:
      value = bounds.least + one_of({1., 2.}, random);
      break;
    default:
      value = may_be_most ? bounds.most : preset * 4;
  }
  if (whole) value = std::floor(value);
  return std::clamp(value, bounds.least, bounds.most);
}

DrawnOption draw_numbers(const Option& option, RandomStream& random) {
  std::vector<double> values = option.values;
  switch (random.below(4)) {
    case 0:
      values.clear();
      break;
    case 1:
      if (!values.empty()) values.resize(1);
      break;
    case 2:
      for (double& value : values) value *= one_of({0., 0.1, 2.}, random);
      break;
    default:
      if (!values.empty()) values.push_back(values.back());
  }
  for (double& value : values) value = std::clamp(value, option.bounds.least, option.bounds.most);
  return {fmt::format("[{}]", fmt::join(values, ", ")), false};
}

}  // namespace

DrawnOption draw_value(const Option& option, RandomStream& random) {
  if (option.may_be_absent && random.chance(0.3)) return {"none", true};
  switch (option.kind) {
    case OptionKind::flag:
      return {option.value == 0 ? "true" : "false", false};
    case OptionKind::text:
      return {option.texts[random.below(option.texts.size())], false};
    case OptionKind::numbers:
      return draw_numbers(option, random);
    case OptionKind::integer:
    case OptionKind::number:
      break;
  }
  const double value = draw_number(option, random);
  const std::string text = option.kind == OptionKind::integer
                               ? fmt::format("{}", static_cast<int64_t>(value))
                               : fmt::format("{}", value);
  return {text, is_extreme(option, value)};
}

bool draw_options(const std::vector<Option>& options, const std::vector<std::string>& texts,
                  size_t count, RandomStream& random, FuzzSettings& settings) {
  std::map<std::string, std::vector<const Option*>> by_shape;
  for (const Option& option : options) by_shape[option.shape].push_back(&option);
  bool extreme = false;
  for (size_t i = 0; i < count && !by_shape.empty(); ++i) {
    auto entries =
        std::next(by_shape.begin(), static_cast<std::ptrdiff_t>(random.below(by_shape.size())))
            ->second;
    std::vector<const Option*> named;
    for (const Option* option : entries)
      if (std::any_of(option->names.begin(), option->names.end(), [&](const auto& name) {
            return std::find(texts.begin(), texts.end(), name) != texts.end();
          }))
        named.push_back(option);
    if (!named.empty()) entries = named;
    const Option& option = *entries[random.below(entries.size())];
    if (!is_free(settings, option.key)) continue;
    const DrawnOption drawn = draw_value(option, random);
    settings.emplace_back(option.key, drawn.value);
    extreme = extreme || drawn.extreme;
  }
  return extreme;
}

}  // namespace wukong::fuzz_options

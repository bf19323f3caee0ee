#include "bench/sweep/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "bench/parameters/parameter_reader.h"
#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace wukong::sweep {
namespace {

constexpr std::string_view kScales[] = {"linear", "logarithmic"};
constexpr std::string_view kRangeKeys[] = {"from",  "to",        "steps", "step",
                                           "scale", "powers_of", "whole"};
constexpr size_t kMostAxes = 32;
constexpr double kMostSteps = 100'000;

// A range as it is written.
struct RangeText {
  ContinuousRange range;
  std::optional<int64_t> steps;
  std::optional<double> step;
  std::optional<double> powers_of;
};

RangeText read_range(const std::string& key, const parameters::ParameterTree& written) {
  RangeText text;
  for (const parameters::ParameterEntry& entry : written.entries)
    if (std::find(std::begin(kRangeKeys), std::end(kRangeKeys), entry.key) == std::end(kRangeKeys))
      throw Error(entry.value.origin.place(parameters::join_path(key, entry.key)),
                  "unknown key of a range" + did_you_mean(entry.key, kRangeKeys));
  parameters::ParameterReader reader(written, {key});
  reader.field("from", text.range.from, Bounds{-1e18, 1e18});
  reader.field("to", text.range.to, Bounds{-1e18, 1e18});
  if (written.find("steps")) reader.field("steps", text.steps.emplace(), Bounds{1, kMostSteps});
  if (written.find("step")) reader.field("step", text.step.emplace(), kPositive);
  if (written.find("powers_of"))
    reader.field("powers_of", text.powers_of.emplace(), Bounds{1.0001, 1e9});
  int scale = 0;
  if (written.find("scale")) reader.choice("scale", scale, kScales);
  if (written.find("whole")) reader.field("whole", text.range.whole);
  text.range.logarithmic = scale == 1;
  reader.finish();
  return text;
}

void check_range(const std::string& key, const parameters::ParameterTree& written,
                 const RangeText& text) {
  const auto fail = [&](const std::string& expected, const std::string& found) {
    throw Error(written.origin.place(key), expected, found);
  };
  if (text.range.from > text.range.to)
    fail("`from` below `to`", fmt::format("{} and {}", text.range.from, text.range.to));
  const int ways = text.steps.has_value() + text.step.has_value() + text.powers_of.has_value();
  if (ways > 1) fail("one of steps, step and powers_of", fmt::format("{} of them", ways));
  if ((text.range.logarithmic || text.powers_of) && text.range.from <= 0)
    fail("`from` above 0, for its logarithm", fmt::format("{}", text.range.from));
  if ((text.range.logarithmic || text.powers_of) &&
      text.range.to / text.range.from > std::numeric_limits<double>::max())
    fail("`to` at most 1e308 times `from`", "more");
  if (text.range.logarithmic && (text.step || text.powers_of))
    fail("`steps` with a logarithmic scale", text.step ? "step" : "powers_of");
  if (text.step && (text.range.to - text.range.from) / *text.step > kMostSteps)
    fail("at most 100,000 values", "more");
  // Below the least normal number, a power may round to the number itself.
  if (text.powers_of &&
      (text.range.from < std::numeric_limits<double>::min() ||
       portable_log(text.range.to / text.range.from) > kMostSteps * portable_log(*text.powers_of)))
    fail("at most 100,000 values", "more");
}

std::vector<double> numbers_of(const RangeText& text) {
  const ContinuousRange& range = text.range;
  std::vector<double> numbers;
  if (text.powers_of) {
    // check_range() has seen that they are not too many.
    for (double value = range.from; value <= range.to; value *= *text.powers_of)
      numbers.push_back(value);
  } else if (text.step) {
    // Multiplied, not summed up, and with room for the rounding of the last one.
    for (int64_t i = 0;; ++i) {
      const double value = range.from + static_cast<double>(i) * *text.step;
      if (value > range.to + *text.step * 1e-9) break;
      numbers.push_back(std::min(value, range.to));
    }
  } else {
    const int64_t steps = *text.steps;
    for (int64_t i = 0; i < steps; ++i)
      numbers.push_back(
          range.at(steps == 1 ? 0 : static_cast<double>(i) / static_cast<double>(steps - 1)));
  }
  if (range.whole)
    for (double& number : numbers) number = std::round(number);
  return numbers;
}

// Twelve digits: what a person would have written.
std::string number_text(double number) {
  const bool whole = number == std::round(number) && std::abs(number) < 1e15;
  return whole ? fmt::format("{}", static_cast<int64_t>(number)) : fmt::format("{:.12g}", number);
}

void check_distinct(const Axis& axis) {
  for (size_t i = 0; i < axis.values.size(); ++i)
    for (size_t j = 0; j < i && axis.values.size() <= 1000; ++j)
      if (axis.values[i].text == axis.values[j].text)
        throw Error(axis.values[i].tree.origin.place(axis.key), "values that differ",
                    axis.values[i].text + " twice");
}

}  // namespace

double ContinuousRange::at(double fraction) const {
  ENSURE(fraction >= 0 && fraction <= 1, fraction);
  if (fraction == 0) return from;
  if (fraction == 1) return to;
  const double value = logarithmic ? from * portable_exp(fraction * portable_log(to / from))
                                   : from + fraction * (to - from);
  return whole ? std::round(value) : value;
}

bool looks_like_range(const parameters::ParameterTree& written) {
  return written.is_map() && written.find("from") != nullptr && written.find("to") != nullptr &&
         std::all_of(written.entries.begin(), written.entries.end(), [](const auto& entry) {
           return std::find(std::begin(kRangeKeys), std::end(kRangeKeys), entry.key) !=
                  std::end(kRangeKeys);
         });
}

std::string flow_text(const parameters::ParameterTree& tree) {
  if (tree.is_scalar()) return tree.is_none() ? "none" : tree.text;
  std::string text;
  for (const parameters::ParameterTree& item : tree.items)
    text += (text.empty() ? "" : ", ") + flow_text(item);
  for (const parameters::ParameterEntry& entry : tree.entries)
    text += (text.empty() ? "" : ", ") + entry.key + ": " + flow_text(entry.value);
  return tree.is_list() ? "[" + text + "]" : "{" + text + "}";
}

AxisValue make_axis_value(parameters::ParameterTree tree) {
  std::string text = flow_text(tree);
  return {std::move(tree), std::move(text)};
}

AxisValue make_axis_number(double number, const parameters::Origin& origin) {
  return make_axis_value(parameters::ParameterTree::make_scalar(number_text(number), origin));
}

Axis read_axis(const std::string& key, const parameters::ParameterTree& written) {
  Axis axis{key, written.origin, {}, std::nullopt};
  if (written.is_list()) {
    if (written.items.empty())
      throw Error(written.origin.place(key), "an axis of at least one value", "an empty list");
    for (const parameters::ParameterTree& item : written.items)
      axis.values.push_back(make_axis_value(item));
  } else if (written.is_map()) {
    const RangeText text = read_range(key, written);
    check_range(key, written, text);
    if (text.steps || text.step || text.powers_of)
      for (const double number : numbers_of(text))
        axis.values.push_back(make_axis_number(number, written.origin));
    else
      axis.range = text.range;
  } else {
    throw Error(written.origin.place(key),
                "an axis: a list such as [1, 2, 4], or a range such as {from: 1, to: 9, steps: 5}",
                written.describe());
  }
  check_distinct(axis);
  return axis;
}

void add_axis(std::vector<Axis>& axes, const std::string& key,
              const parameters::ParameterTree& written) {
  if (axes.size() >= kMostAxes)
    throw Error(written.origin.place(key), "at most 32 axes", "one more");
  axes.push_back(read_axis(key, written));
}

}  // namespace wukong::sweep

#include "bench/sweep/exclusion.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "bench/parameters/parameter_reader.h"

namespace wukong::sweep {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Bounds kAny{-1e18, 1e18};

std::optional<double> number_of(const std::string& text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

}  // namespace

Exclusion::Condition Exclusion::read_condition(const std::string& key,
                                               const parameters::ParameterTree& written) {
  Condition condition;
  if (written.is_list()) {
    for (const parameters::ParameterTree& item : written.items)
      condition.any_of.push_back(flow_text(item));
    return condition;
  }
  const bool bounds = written.find("above") || written.find("below") || written.find("at_least") ||
                      written.find("at_most");
  if (!bounds) {
    condition.any_of.push_back(flow_text(written));
    return condition;
  }
  condition.has_bounds = true;
  condition.above = condition.at_least = -kInfinity;
  condition.below = condition.at_most = kInfinity;
  parameters::ParameterReader reader(written, {"exclude", key});
  if (written.find("above")) reader.field("above", condition.above, kAny);
  if (written.find("below")) reader.field("below", condition.below, kAny);
  if (written.find("at_least")) reader.field("at_least", condition.at_least, kAny);
  if (written.find("at_most")) reader.field("at_most", condition.at_most, kAny);
  reader.finish();
  return condition;
}

bool Exclusion::Condition::holds(const AxisValue& value) const {
  if (!has_bounds) return std::find(any_of.begin(), any_of.end(), value.text) != any_of.end();
  const std::optional<double> number = number_of(value.text);
  return number && *number > above && *number < below && *number >= at_least && *number <= at_most;
}

Exclusion::Exclusion(const parameters::ParameterTree& rule, std::span<const Axis> axes,
                     std::span<const std::string> systems) {
  if (!rule.is_map() || rule.entries.empty())
    throw Error(rule.origin.place("sweep.exclude"), "a map of conditions, such as {system: dask}",
                rule.describe());
  std::vector<std::string> keys;
  for (const Axis& axis : axes) keys.push_back(axis.key);
  for (const parameters::ParameterEntry& entry : rule.entries) {
    const ErrorPlace place = entry.value.origin.place("sweep.exclude." + entry.key);
    if (entry.key == "system") {
      const auto found = std::find(systems.begin(), systems.end(), entry.value.text);
      if (!entry.value.is_scalar() || found == systems.end())
        throw Error(place, fmt::format("a system of the sweep ({})", fmt::join(systems, ", ")),
                    entry.value.describe() + did_you_mean(entry.value.text, systems));
      system_ = static_cast<size_t>(found - systems.begin());
      continue;
    }
    const auto found = std::find(keys.begin(), keys.end(), entry.key);
    if (found == keys.end())
      throw Error(place, fmt::format("an axis of the sweep ({}) or system", fmt::join(keys, ", ")),
                  "\"" + entry.key + "\"" + did_you_mean(entry.key, keys));
    conditions_.push_back(read_condition(entry.key, entry.value));
    conditions_.back().axis = static_cast<size_t>(found - keys.begin());
  }
}

bool Exclusion::holds(std::span<const AxisValue* const> values) const {
  return std::all_of(conditions_.begin(), conditions_.end(), [&](const Condition& condition) {
    return condition.holds(*values[condition.axis]);
  });
}

}  // namespace wukong::sweep

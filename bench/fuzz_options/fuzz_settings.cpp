#include "bench/fuzz_options/fuzz_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace wukong::fuzz_options {
namespace {

// Where the first name of a path ends.
size_t end_of_name(const std::string& path) {
  if (!path.starts_with('"')) return std::min(path.find('.'), path.size());
  return std::min(path.find('"', 1), path.size() - 1) + 1;
}

bool is_within(const std::string& key, const std::string& outer) {
  return key == outer || key.starts_with(outer + ".");
}

}  // namespace

bool is_free(const FuzzSettings& settings, const std::string& key) {
  return std::none_of(settings.begin(), settings.end(), [&](const auto& setting) {
    return is_within(setting.first, key) || is_within(key, setting.first);
  });
}

std::string flow_of(const FuzzSettings& settings) {
  std::vector<std::string> order;
  std::map<std::string, std::string> values;
  std::map<std::string, FuzzSettings> nested;
  for (const auto& [path, value] : settings) {
    const size_t end = end_of_name(path);
    const std::string key = path.substr(0, end);
    if (std::find(order.begin(), order.end(), key) == order.end()) order.push_back(key);
    if (end == path.size())
      values[key] = value;
    else
      nested[key].emplace_back(path.substr(end + 1), value);
  }
  std::vector<std::string> parts;
  for (const std::string& key : order)
    parts.push_back(nested.contains(key) ? fmt::format("{}: {{{}}}", key, flow_of(nested[key]))
                                         : fmt::format("{}: {}", key, values[key]));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace wukong::fuzz_options

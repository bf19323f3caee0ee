#include "bench/perf/measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "bench/files/text_file.h"
#include "bench/text/json_text.h"
#include "sim/base/check.h"
#include "sim/base/error.h"

namespace wukong::perf {
namespace {

namespace json = boost::json;

constexpr std::string_view kSchema = "wukong-perf-1";

json::value document_of(const Spread& spread) { return {spread.least, spread.median, spread.most}; }

[[noreturn]] void fail(const std::string& path, const std::string& message) {
  throw Error({.file = path}, message);
}

Spread read_spread(const json::object& spreads, const std::string& key, const std::string& path) {
  const json::value* value = spreads.if_contains(key);
  const bool is_list = value != nullptr && value->is_array() && value->get_array().size() == 3;
  std::vector<double> numbers;
  if (is_list)
    for (const json::value& number : value->get_array())
      if (number.is_number()) numbers.push_back(number.to_number<double>());
  if (numbers.size() != 3) fail(path, "expected a list of three numbers as \"" + key + "\"");
  return {numbers[0], numbers[1], numbers[2]};
}

}  // namespace

Spread spread_of(std::vector<double> values) {
  ENSURE(!values.empty());
  std::ranges::sort(values);
  return {values.front(), values[values.size() / 2], values.back()};
}

std::string text_of(const Measurements& measurements) {
  json::object benchmarks;
  for (const auto& [name, measurement] : measurements)
    benchmarks[name] = {{"ns", document_of(measurement.nanoseconds)},
                        {"ratio", document_of(measurement.ratio)}};
  return text::to_json_text({{"schema", kSchema}, {"benchmarks", benchmarks}});
}

Measurements read_measurements(const std::string& path) {
  const json::value document = text::parse_json(files::read_text_file(path), path);
  const json::object* whole = document.if_object();
  const json::value* schema = whole != nullptr ? whole->if_contains("schema") : nullptr;
  const json::value* list = whole != nullptr ? whole->if_contains("benchmarks") : nullptr;
  if (schema == nullptr || *schema != json::value(kSchema) || list == nullptr || !list->is_object())
    fail(path, "expected a file that wukong_perf --json has written");
  Measurements measurements;
  for (const auto& [name, item] : list->get_object()) {
    const json::object* spreads = item.if_object();
    if (spreads == nullptr) fail(path, "expected an object for " + std::string(name));
    measurements[std::string(name)] = {read_spread(*spreads, "ns", path),
                                       read_spread(*spreads, "ratio", path)};
  }
  return measurements;
}

std::string change_text(const Spread& now, const Spread& before) {
  if (!(before.least > 0)) return "";
  const auto percent = [](double value, double base) { return (value / base - 1) * 100; };
  const bool apart = now.least > before.most || now.most < before.least;
  return fmt::format("{:+.0f} % [{:+.0f}, {:+.0f}]{}", percent(now.median, before.median),
                     percent(now.least, before.most), percent(now.most, before.least),
                     apart ? " *" : "");
}

}  // namespace wukong::perf

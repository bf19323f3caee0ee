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

constexpr std::string_view kSchema = "wukong.perf/1";

json::value document_of(const Spread& spread) { return {spread.least, spread.median, spread.most}; }

[[noreturn]] void fail(const std::string& path, const std::string& key, const std::string& expected,
                       const json::value* found) {
  throw Error({.file = path, .key = key}, expected,
              found == nullptr ? "nothing" : json::serialize(*found));
}

Spread read_spread(const json::object& spreads, std::string_view name, const std::string& path,
                   const std::string& where) {
  const json::value* value = spreads.if_contains(name);
  std::vector<double> numbers;
  if (value != nullptr && value->is_array())
    for (const json::value& number : value->get_array())
      if (number.is_number()) numbers.push_back(number.to_number<double>());
  if (numbers.size() != 3 || value->get_array().size() != 3)
    fail(path, where + "." + std::string(name), "a list of three numbers", value);
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
  if (whole == nullptr) fail(path, "", "an object that wukong_perf --json has written", &document);
  const json::value* schema = whole->if_contains("schema");
  if (schema == nullptr || *schema != json::value(kSchema))
    fail(path, "schema", '"' + std::string(kSchema) + '"', schema);
  const json::value* list = whole->if_contains("benchmarks");
  if (list == nullptr || !list->is_object()) fail(path, "benchmarks", "an object", list);
  Measurements measurements;
  for (const auto& [name, item] : list->get_object()) {
    const std::string where = "benchmarks." + std::string(name);
    const json::object* spreads = item.if_object();
    if (spreads == nullptr) fail(path, where, "an object", &item);
    measurements[std::string(name)] = {read_spread(*spreads, "ns", path, where),
                                       read_spread(*spreads, "ratio", path, where)};
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

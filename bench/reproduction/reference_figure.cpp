#include "bench/reproduction/reference_figure.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <set>

#include "bench/parameters/parameter_tree.h"
#include "bench/text/json_text.h"
#include "sim/base/error.h"

namespace wukong::reproduction {
namespace {

namespace json = boost::json;

constexpr std::string_view kSchema = "wukong.paper-figures/1";

class Parser {
 public:
  explicit Parser(const std::string& file) : file_(file) {}

  std::vector<ReferenceFigure> parse(const std::string& text) {
    const json::value document = text::parse_json(text, file_);
    if (!document.is_object()) fail("", "an object", document);
    const std::string schema = text_at(document.get_object(), "schema", "");
    if (schema != kSchema)
      throw Error({file_, 0, "schema"}, fmt::format("\"{}\"", kSchema), "\"" + schema + "\"");
    std::vector<ReferenceFigure> figures;
    std::set<std::string> names;
    for (const json::value& item : list_at(document.get_object(), "figures", "")) {
      figures.push_back(parse_figure(item));
      if (!names.insert(figures.back().name).second)
        throw Error({file_, 0, parameters::join_path("figures", figures.back().name)},
                    "occurs twice");
    }
    return figures;
  }

 private:
  ReferenceFigure parse_figure(const json::value& item) {
    if (!item.is_object()) fail("figures", "an object", item);
    const json::object& object = item.get_object();
    ReferenceFigure figure;
    figure.name = text_at(object, "figure", "figures");
    const std::string path = parameters::join_path("figures", figure.name);
    figure.title = text_at(object, "title", path);
    figure.unit = text_at(object, "unit", path);
    figure.x_name = text_at(object, "x_name", path);
    figure.note = text_at(object, "note", path);
    for (const json::value& x : list_at(object, "x", path))
      figure.x.push_back(parse_x(x, parameters::join_path(path, "x")));
    const json::value& series = at(object, "series", path);
    if (!series.is_object() || series.get_object().empty())
      fail(parameters::join_path(path, "series"), "an object with a list for each series", series);
    if (figure.x.empty())
      throw Error({file_, 0, parameters::join_path(path, "x")}, "a value or more", "none");
    for (const json::key_value_pair& entry : series.get_object())
      figure.series.push_back(parse_series(std::string(entry.key()), entry.value(),
                                           parameters::join_path(path, "series"), figure.x.size()));
    return figure;
  }

  PlottedX parse_x(const json::value& value, const std::string& path) {
    if (value.is_string()) return {std::string(value.get_string()), std::nullopt, false};
    if (!value.is_number()) fail(path, "numbers or texts", value);
    const auto number = value.to_number<double>();
    return {fmt::format("{}", number), number, !value.is_double()};
  }

  ReferenceSeries parse_series(std::string name, const json::value& value, const std::string& path,
                               size_t size) {
    const std::string place = parameters::join_path(path, name);
    if (!value.is_array()) fail(place, "a list", value);
    if (value.get_array().size() != size)
      throw Error({file_, 0, place}, fmt::format("{} values, one for each x", size),
                  std::to_string(value.get_array().size()));
    ReferenceSeries series{std::move(name), {}};
    for (const json::value& item : value.get_array())
      series.values.push_back(parse_value(item, place));
    return series;
  }

  ReferenceValue parse_value(const json::value& value, const std::string& path) {
    if (value.is_null()) return {ReferenceValue::Kind::below_axis, 0};
    if (value.is_string() && value.get_string() == "?") return {};
    if (value.is_string() && value.get_string() == "fail") return {ReferenceValue::Kind::fails, 0};
    if (value.is_number() && value.to_number<double>() > 0)
      return {ReferenceValue::Kind::number, value.to_number<double>()};
    fail(path, "positive numbers, \"fail\", \"?\" or null", value);
  }

  const json::value& at(const json::object& object, std::string_view key, const std::string& path) {
    if (const json::value* found = object.if_contains(key)) return *found;
    throw Error({file_, 0, parameters::join_path(path, key)}, "a value",
                "nothing (the key is missing)");
  }
  std::string text_at(const json::object& object, std::string_view key, const std::string& path) {
    const json::value& value = at(object, key, path);
    if (!value.is_string()) fail(parameters::join_path(path, key), "a text", value);
    return std::string(value.get_string());
  }
  const json::array& list_at(const json::object& object, std::string_view key,
                             const std::string& path) {
    const json::value& value = at(object, key, path);
    if (!value.is_array()) fail(parameters::join_path(path, key), "a list", value);
    return value.get_array();
  }
  [[noreturn]] void fail(const std::string& path, const std::string& expected,
                         const json::value& found) {
    constexpr size_t kMostShown = 60;
    throw Error({file_, 0, path}, expected, json::serialize(found).substr(0, kMostShown));
  }

  const std::string& file_;
};

}  // namespace

std::vector<ReferenceFigure> parse_reference_figures(const std::string& text,
                                                     const std::string& file) {
  return Parser(file).parse(text);
}

}  // namespace wukong::reproduction

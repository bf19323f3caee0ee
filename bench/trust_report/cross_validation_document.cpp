#include <boost/json.hpp>
#include <cmath>
#include <limits>

#include "bench/text/json_text.h"
#include "bench/text/version.h"
#include "bench/trust_report/cross_validation_report.h"
#include "sim/base/error.h"

namespace wukong::trust_report {
namespace {

namespace json = boost::json;

constexpr std::string_view kSchema = "wukong.cross-validation/1";
constexpr std::string_view kFails = "fail";

// Infinite is a failure.
json::value error_value(double error) {
  return std::isfinite(error) ? json::value(error) : json::value(kFails);
}

json::object held_out_document(const trust::HeldOutPoint& point) {
  return {{"series", point.series},
          {"x", point.x},
          {"paper", point.paper},
          {"error_with_presets", error_value(point.with_presets)},
          {"error_left_out", error_value(point.left_out)},
          {"error_of_line",
           point.interpolated ? json::value(*point.interpolated) : json::value(nullptr)}};
}

// The document's parts; an error says that the file is none.
class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  const json::value& at(const json::object& object, std::string_view key) const {
    const json::value* found = object.if_contains(key);
    if (found == nullptr) fail(key);
    return *found;
  }
  const json::object& object(const json::value& value, std::string_view what) const {
    if (!value.is_object()) fail(what);
    return value.get_object();
  }
  const json::array& list(const json::object& object, std::string_view key) const {
    const json::value& value = at(object, key);
    if (!value.is_array()) fail(key);
    return value.get_array();
  }
  std::string text(const json::object& object, std::string_view key) const {
    const json::value& value = at(object, key);
    if (!value.is_string()) fail(key);
    return std::string(value.get_string());
  }
  size_t count(const json::object& object, std::string_view key) const {
    const json::value& value = at(object, key);
    if (!value.is_int64() || value.get_int64() < 0) fail(key);
    return static_cast<size_t>(value.get_int64());
  }
  double number(const json::object& object, std::string_view key) const {
    const json::value& value = at(object, key);
    if (value.is_string() && value.get_string() == kFails)
      return std::numeric_limits<double>::infinity();
    if (!value.is_number()) fail(key);
    return value.to_number<double>();
  }
  [[noreturn]] void fail(std::string_view key) const {
    throw Error({file_, 0, std::string(key)}, "a document of wukong calibrate --cross-validate",
                "another one");
  }

 private:
  const std::string& file_;
};

trust::HeldOutPoint read_point(const Reader& reader, const json::object& document) {
  trust::HeldOutPoint point{
      reader.text(document, "series"),           reader.text(document, "x"),
      reader.number(document, "paper"),          reader.number(document, "error_with_presets"),
      reader.number(document, "error_left_out"), std::nullopt};
  if (!reader.at(document, "error_of_line").is_null())
    point.interpolated = reader.number(document, "error_of_line");
  return point;
}

}  // namespace

std::string cross_validation_document(const trust::CrossValidation& result) {
  json::array figures;
  for (const trust::HeldOutFigure& figure : result.figures) {
    json::array points;
    for (const trust::HeldOutPoint& point : figure.points)
      points.push_back(held_out_document(point));
    figures.push_back(json::object{{"figure", figure.figure},
                                   {"refitted_parameters", figure.refitted},
                                   {"points", std::move(points)}});
  }
  return text::to_json_text(json::object{{"schema", kSchema},
                                         {"commit", text::program_commit()},
                                         {"evaluations", result.evaluations},
                                         {"replicates", result.replicates},
                                         {"from_middle", result.from_middle},
                                         {"figures", std::move(figures)}});
}

trust::CrossValidation read_cross_validation(const std::string& text, const std::string& file) {
  const json::value parsed = text::parse_json(text, file);
  const Reader reader(file);
  const json::object& document = reader.object(parsed, "schema");
  if (reader.text(document, "schema") != kSchema) reader.fail("schema");
  trust::CrossValidation result;
  result.evaluations = reader.count(document, "evaluations");
  result.replicates = reader.count(document, "replicates");
  result.from_middle = reader.at(document, "from_middle") == json::value(true);
  for (const json::value& value : reader.list(document, "figures")) {
    const json::object& figure = reader.object(value, "figures");
    result.figures.push_back(
        {reader.text(figure, "figure"), reader.count(figure, "refitted_parameters"), {}});
    for (const json::value& point : reader.list(figure, "points"))
      result.figures.back().points.push_back(read_point(reader, reader.object(point, "points")));
  }
  return result;
}

}  // namespace wukong::trust_report

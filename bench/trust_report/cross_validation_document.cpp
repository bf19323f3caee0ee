#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "bench/text/json_text.h"
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

std::string beginning_of(const json::value& value) {
  constexpr size_t kShown = 60;
  const std::string text = json::serialize(value);
  return text.size() <= kShown ? text : text.substr(0, kShown) + "...";
}

// An object of the document, with its place in it for messages.
class Part {
 public:
  Part(const std::string& file, std::string path, const json::value& value)
      : file_(file), path_(std::move(path)), value_(value) {
    if (!value.is_object())
      throw Error({file_, 0, path_}, "an object of wukong calibrate --cross-validate",
                  beginning_of(value));
  }

  const json::value* find(std::string_view key) const {
    return value_.get_object().if_contains(key);
  }
  std::vector<Part> parts(const std::string& key) const {
    const json::value& list = at(key);
    if (!list.is_array()) fail(key, "a list");
    std::vector<Part> parts;
    for (const json::value& value : list.get_array())
      parts.emplace_back(file_, fmt::format("{}[{}]", place(key), parts.size()), value);
    return parts;
  }
  std::string text(std::string_view key) const {
    const json::value& value = at(key);
    if (!value.is_string()) fail(key, "a text");
    return std::string(value.get_string());
  }
  size_t count(std::string_view key) const {
    const json::value& value = at(key);
    if (!value.is_int64() || value.get_int64() < 0)
      fail(key, "a whole number that is not negative");
    return static_cast<size_t>(value.get_int64());
  }
  bool truth(std::string_view key) const {
    const json::value& value = at(key);
    if (!value.is_bool()) fail(key, "true or false");
    return value.get_bool();
  }
  double number(std::string_view key) const {
    const json::value& value = at(key);
    if (!value.is_number()) fail(key, "a number");
    return value.to_number<double>();
  }
  double error(std::string_view key) const {
    const json::value& value = at(key);
    if (value.is_string() && value.get_string() == kFails)
      return std::numeric_limits<double>::infinity();
    if (!value.is_number() || value.to_number<double>() < 0)
      fail(key, "\"fail\", or a number that is not negative");
    return value.to_number<double>();
  }
  std::optional<double> error_or_none(std::string_view key) const {
    return at(key).is_null() ? std::nullopt : std::optional(error(key));
  }
  [[noreturn]] void fail(std::string_view key, const std::string& expected) const {
    throw Error({file_, 0, place(key)}, expected, beginning_of(at(key)));
  }

 private:
  std::string place(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
  }
  const json::value& at(std::string_view key) const {
    if (const json::value* found = find(key)) return *found;
    throw Error({file_, 0, place(key)}, "a value", "nothing (the key is missing)");
  }

  const std::string& file_;
  std::string path_;
  const json::value& value_;
};

trust::HeldOutPoint read_point(const Part& point) {
  return {point.text("series"),          point.text("x"),
          point.number("paper"),         point.error("error_with_presets"),
          point.error("error_left_out"), point.error_or_none("error_of_line")};
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
                                         {"commit", result.commit},
                                         {"model", result.model},
                                         {"evaluations", result.evaluations},
                                         {"replicates", result.replicates},
                                         {"from_middle", result.from_middle},
                                         {"figures", std::move(figures)}});
}

trust::CrossValidation read_cross_validation(const std::string& text, const std::string& file) {
  const json::value parsed = text::parse_json(text, file);
  const Part document(file, "", parsed);
  if (document.text("schema") != kSchema)
    document.fail("schema", fmt::format("{} (wukong calibrate --cross-validate --json)", kSchema));
  trust::CrossValidation result;
  result.evaluations = document.count("evaluations");
  result.replicates = document.count("replicates");
  result.from_middle = document.truth("from_middle");
  result.commit = document.text("commit");
  if (document.find("model") != nullptr) result.model = document.text("model");
  for (const Part& figure : document.parts("figures")) {
    result.figures.push_back({figure.text("figure"), figure.count("refitted_parameters"), {}});
    for (const Part& point : figure.parts("points"))
      result.figures.back().points.push_back(read_point(point));
  }
  return result;
}

}  // namespace wukong::trust_report

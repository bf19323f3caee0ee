#include "bench/reproduction_report/reproduction_json.h"

#include <boost/json.hpp>
#include <cmath>

#include "bench/text/json_text.h"
#include "bench/text/version.h"

namespace wukong::reproduction_report {
namespace {

namespace json = boost::json;

json::value optional_number(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

// In percent; the digits behind the sixth are of the sums' rounding.
json::value optional_percent(const std::optional<double>& share) {
  return share ? json::value(std::round(*share * 1e8) / 1e6) : json::value(nullptr);
}

json::value x_value(const reproduction::PlottedX& x) {
  if (!x.number) return json::value(x.text);
  if (x.whole) return static_cast<int64_t>(*x.number);
  return *x.number;
}

json::value paper_value(const reproduction::ReferenceValue& reference) {
  if (reference.is_number()) return reference.number;
  return reference.is_failure() ? json::value("fail") : json::value(nullptr);
}

json::object point_document(const reproduction::ReferenceFigure& figure,
                            const reproduction::PointResult& point) {
  json::object document;
  document["figure"] = figure.name;
  document["series"] = figure.series[point.series].name;
  document["x"] = x_value(figure.x[point.x]);
  document["simulated"] = point.fails ? json::value("fail") : json::value(point.simulated.mean);
  document["min"] = point.fails ? json::value(nullptr) : json::value(point.simulated.min);
  document["max"] = point.fails ? json::value(nullptr) : json::value(point.simulated.max);
  document["paper"] = paper_value(point.reference);
  document["unit"] = figure.unit;
  document["failed_replicates"] = point.failed;
  if (point.failed > 0) document["failure"] = point.failure();
  return document;
}

// Null: every run fails.
json::value interval_value(const std::optional<reproduction::Interval>& interval) {
  if (!interval) return nullptr;
  return json::object{
      {"low", interval->low}, {"high", interval->high}, {"failing", interval->failing}};
}

json::object headline_document(const reproduction::Headline& headline) {
  return {{"claim", headline.claim},
          {"paper", optional_number(headline.paper)},
          {"simulated", headline.fails ? json::value("fail") : json::value(headline.simulated)},
          {"unit", headline.unit},
          {"formula", headline.formula}};
}

json::object errors_document(const reproduction::ErrorSummary& errors) {
  return {{"points", errors.points},
          {"median_error_percent", optional_percent(errors.median)},
          {"within_30_percent", optional_percent(errors.within_30)}};
}

json::object order_document(const reproduction::Accuracy& accuracy) {
  json::array mismatches;
  for (const reproduction::OrderMismatch& mismatch : accuracy.order_mismatches)
    mismatches.push_back(json::object{{"figure", mismatch.figure},
                                      {"x", mismatch.x},
                                      {"faster_in_paper", mismatch.faster},
                                      {"slower_in_paper", mismatch.slower}});
  return {{"pairs", accuracy.order_pairs},
          {"as_in_paper", accuracy.order_pairs - accuracy.order_mismatches.size()},
          {"mismatches", std::move(mismatches)}};
}

json::object failures_document(const reproduction::Accuracy& accuracy) {
  json::array mismatches;
  for (const reproduction::FailureMismatch& mismatch : accuracy.failure_mismatches)
    mismatches.push_back(json::object{{"figure", mismatch.figure},
                                      {"series", mismatch.series},
                                      {"x", mismatch.x},
                                      {"fails_here", mismatch.fails_here}});
  return {{"in_paper", accuracy.failures_expected},
          {"as_in_paper", accuracy.failures_matched},
          {"mismatches", std::move(mismatches)}};
}

}  // namespace

std::string reproduction_document(const std::vector<reproduction::FigureResult>& figures,
                                  const std::vector<reproduction::Headline>& headlines,
                                  const reproduction::Accuracy& accuracy, size_t replicates,
                                  const reproduction::Intervals* intervals) {
  json::array points, claims;
  for (size_t i = 0; i < figures.size(); ++i)
    for (size_t j = 0; j < figures[i].points.size(); ++j) {
      json::object point = point_document(*figures[i].reference, figures[i].points[j]);
      if (intervals != nullptr) point["interval"] = interval_value(intervals->points[i][j]);
      points.push_back(std::move(point));
    }
  for (size_t i = 0; i < headlines.size(); ++i) {
    json::object claim = headline_document(headlines[i]);
    if (intervals != nullptr) claim["interval"] = interval_value(intervals->headlines[i]);
    claims.push_back(std::move(claim));
  }
  json::object systems;
  for (const auto& [system, errors] : accuracy.by_system) systems[system] = errors_document(errors);
  json::object summary{{"points", accuracy.points},
                       {"all", errors_document(accuracy.all)},
                       {"systems", std::move(systems)},
                       {"who_is_faster", order_document(accuracy)},
                       {"failures", failures_document(accuracy)}};
  if (accuracy.outside.points > 0) summary["outside"] = errors_document(accuracy.outside);
  json::object document;
  document["schema"] = "wukong.reproduction/1";
  document["program"] =
      json::object{{"version", text::program_version()}, {"commit", text::program_commit()}};
  document["replicates"] = replicates;
  if (intervals != nullptr)
    document["intervals"] = json::object{{"how", intervals->how},
                                         {"points_given", intervals->given},
                                         {"points_covered", intervals->covering}};
  document["points"] = std::move(points);
  document["headlines"] = std::move(claims);
  document["summary"] = std::move(summary);
  return text::to_json_text(document);
}

}  // namespace wukong::reproduction_report

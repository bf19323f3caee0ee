#include "bench/calibration/calibration_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <set>

#include "bench/reproduction_report/report_text.h"
#include "bench/text/format.h"
#include "bench/text/json_text.h"
#include "bench/text/table.h"
#include "bench/text/version.h"

namespace wukong::calibration {
namespace {

namespace json = boost::json;
using Align = text::Table::Align;

constexpr double kBarely = 0.005;
constexpr double kShown = 0.001;  // of which a table shows multiples

std::string rise_text(const std::optional<double>& rise) {
  if (!rise) return "-";
  if (std::abs(*rise) < kShown / 2) return "0.0 %";
  return fmt::format("{:+.1f} %", 100 * *rise);
}

// What one has to know of the value before one believes it.
std::string note(const FittedParameter& fitted) {
  if (fitted.is_at_bound()) return "at its bound";
  if (!fitted.rise_down || !fitted.rise_up) return "";
  if (std::min(*fitted.rise_down, *fitted.rise_up) < -kBarely) return "not the best value";
  if (std::max(*fitted.rise_down, *fitted.rise_up) < kBarely) return "hardly determined";
  return "";
}

std::string more_places(const FreeParameter& parameter) {
  if (parameter.places.size() == 1) return "";
  return fmt::format(" (and {} more)", parameter.places.size() - 1);
}

std::string parameters_text(const StageResult& result) {
  const bool searched = result.evaluations > 0;
  const bool moved =
      std::any_of(result.parameters.begin(), result.parameters.end(),
                  [](const FittedParameter& fitted) { return fitted.rise_down || fitted.rise_up; });
  std::vector<Align> columns = {Align::left, Align::left, Align::right, Align::right, Align::right};
  std::vector<std::string> heading = {"preset", "key", "from", "to", searched ? "start" : "value"};
  const auto add_column = [&](const char* name) {
    columns.push_back(Align::right);
    heading.push_back(name);
  };
  if (searched) add_column("fitted");
  if (moved) add_column("-10 %"), add_column("+10 %");
  columns.push_back(Align::left);  // the note
  text::Table table(columns);
  table.add_row(heading);
  for (const FittedParameter& fitted : result.parameters) {
    const FreeParameter& parameter = *fitted.parameter;
    const PresetPlace& place = parameter.places.front();
    std::vector<std::string> row = {place.preset_text() + more_places(parameter), place.key_text(),
                                    number_text(parameter.from), number_text(parameter.to),
                                    number_text(fitted.start)};
    if (searched) row.push_back(number_text(fitted.fitted));
    if (moved) row.insert(row.end(), {rise_text(fitted.rise_down), rise_text(fitted.rise_up)});
    row.push_back(note(fitted));
    table.add_row(std::move(row));
  }
  return table.to_text();
}

// Not of numbers only: a failure may be what the paper has.
size_t failures_expected(const StageResult& result) {
  size_t count = 0;
  for (const FittedPoint& fitted : result.points)
    if (fitted.point.paper.is_failure()) ++count;
  return count;
}

std::string claims_text(const std::vector<FittedClaim>& claims) {
  if (claims.empty()) return "";
  text::Table table({Align::left, Align::right, Align::right});
  table.add_row({"claim", "paper", "simulated"});
  for (const FittedClaim& fitted : claims) {
    const auto text = [&](double value) {
      return text::format_significant(value) + " " + fitted.claim.unit;
    };
    table.add_row({fitted.claim.claim, text(*fitted.claim.paper),
                   fitted.simulated ? text(*fitted.simulated) : "fails"});
  }
  return "\n" + table.to_text() + "\n";
}

std::string stage_text(const StageResult& result) {
  const reproduction::ErrorSummary errors = result.errors();
  const size_t failures = failures_expected(result);
  const double per_parameter =
      static_cast<double>(result.points.size()) / static_cast<double>(result.parameters.size());
  std::string text = fmt::format("{}\n\n{}\n", result.stage->name, parameters_text(result));
  text += claims_text(result.claims);
  text += fmt::format(
      "{} points{}, {} for each parameter; median error {}, within 30 %: {}\n",
      result.points.size(),
      failures > 0 ? fmt::format(", {} of them failures in the paper", failures) : "",
      text::format_significant(per_parameter), reproduction_report::percent_text(errors.median),
      reproduction_report::percent_text(errors.within_30));
  if (result.evaluations > 0)
    text += fmt::format("loss {:.4f}, at the start {:.4f}; {} evaluations, {} runs\n", result.loss,
                        result.start_loss, result.evaluations,
                        text::format_count(static_cast<double>(result.runs)));
  else
    text += fmt::format("loss {:.4f}; {} runs\n", result.loss,
                        text::format_count(static_cast<double>(result.runs)));
  return text;
}

// Stages may share points.
std::string total_text(const std::vector<StageResult>& results) {
  std::set<std::string> points, claims;
  size_t parameters = 0;
  for (const StageResult& result : results) {
    parameters += result.parameters.size();
    for (const FittedPoint& fitted : result.points) points.insert(fitted.point.name.text());
    for (const FittedClaim& fitted : result.claims) claims.insert(fitted.claim.claim);
  }
  return fmt::format("\nall stages: {} parameters, {} points, {} claims\n", parameters,
                     points.size(), claims.size());
}

json::value optional_number(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::object parameter_document(const FittedParameter& fitted) {
  json::array places;
  for (const PresetPlace& place : fitted.parameter->places)
    places.push_back(json::object{{"preset", place.preset_text()}, {"key", place.key_text()}});
  return {{"places", std::move(places)},
          {"meaning", fitted.parameter->meaning},
          {"from", fitted.parameter->from},
          {"to", fitted.parameter->to},
          {"start", fitted.start},
          {"fitted", fitted.fitted},
          {"at_bound", fitted.is_at_bound()},
          {"loss_rise_10_percent_down", optional_number(fitted.rise_down)},
          {"loss_rise_10_percent_up", optional_number(fitted.rise_up)}};
}

json::object point_document(const FittedPoint& fitted) {
  const PointName& name = fitted.point.name;
  const reproduction::ReferenceValue& paper = fitted.point.paper;
  return {{"figure", name.figure},
          {"series", name.series},
          {"x", name.x},
          {"simulated", fitted.simulated ? json::value(*fitted.simulated) : json::value("fail")},
          {"paper", paper.is_number() ? json::value(paper.number) : json::value("fail")},
          {"loss", point_loss(fitted.simulated, paper)}};
}

json::object claim_document(const FittedClaim& fitted) {
  const reproduction::Claim& claim = fitted.claim;
  return {{"claim", claim.claim},
          {"unit", claim.unit},
          {"simulated", fitted.simulated ? json::value(*fitted.simulated) : json::value("fail")},
          {"paper", *claim.paper},
          {"loss", claim_loss(fitted.simulated, *claim.paper, claim.unit)}};
}

json::object stage_document(const StageResult& result) {
  json::array parameters, points, claims;
  for (const FittedParameter& fitted : result.parameters)
    parameters.push_back(parameter_document(fitted));
  for (const FittedPoint& fitted : result.points) points.push_back(point_document(fitted));
  for (const FittedClaim& fitted : result.claims) claims.push_back(claim_document(fitted));
  const reproduction::ErrorSummary errors = result.errors();
  return {{"stage", result.stage->name},
          {"loss_at_start", result.start_loss},
          {"loss", result.loss},
          {"median_error", optional_number(errors.median)},
          {"within_30_percent", optional_number(errors.within_30)},
          {"evaluations", result.evaluations},
          {"runs", result.runs},
          {"parameters", std::move(parameters)},
          {"points", std::move(points)},
          {"claims", std::move(claims)}};
}

}  // namespace

std::string report_calibration(const std::vector<StageResult>& results) {
  std::string text;
  for (const StageResult& result : results) text += (text.empty() ? "" : "\n") + stage_text(result);
  return results.size() > 1 ? text + total_text(results) : text;
}

std::string calibration_document(const std::vector<StageResult>& results, size_t replicates) {
  json::array stages;
  for (const StageResult& result : results) stages.push_back(stage_document(result));
  return text::to_json_text(json::object{{"schema", "wukong.calibration/1"},
                                         {"commit", text::program_commit()},
                                         {"replicates", replicates},
                                         {"stages", std::move(stages)}});
}

}  // namespace wukong::calibration

#include "bench/trust_report/sensitivity_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "bench/reproduction_report/report_text.h"
#include "bench/text/format.h"
#include "bench/text/json_text.h"
#include "bench/text/version.h"

namespace wukong::trust_report {
namespace {

namespace json = boost::json;

constexpr size_t kShownSwings = 3;  // of a headline, in Markdown

std::string swing_value(const std::optional<double>& value, const std::string& unit) {
  return value ? reproduction_report::value_text(*value, unit) : "fails";
}

std::string jump_text(const trust::Jump& jump) {
  return jump.ratio ? fmt::format("{:+.0f} %", 100 * (*jump.ratio - 1)) : "fails in one only";
}

json::value optional_value(const std::optional<double>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

size_t jumping_points(const trust::Sensitivity& sensitivity) {
  std::set<std::string> points;
  for (const trust::Jump& jump : sensitivity.jumps)
    points.insert(jump.figure + "\n" + jump.series + "\n" + jump.x);
  return points.size();
}

std::string reach_sentence(const trust::Sensitivity& sensitivity) {
  std::string few;
  for (const trust::ParameterReach& reach : sensitivity.reach)
    if (reach.given_points < trust::kFewPoints)
      few += fmt::format("{}{} ({})", few.empty() ? "" : ", ", reach.parameter, reach.given_points);
  if (few.empty())
    return fmt::format("Each free parameter moves at least {} points that the papers give.",
                       trust::kFewPoints);
  return fmt::format(
      "Fewer than {} points that the papers give move by 1 % when these parameters move by 20 %: "
      "{}.",
      trust::kFewPoints, few);
}

}  // namespace

std::string jumps_sentence(const trust::Sensitivity& sensitivity) {
  return fmt::format(
      "A change of one free parameter by 5 % moves a point by more than 15 % in {} of {} cases, at "
      "{} points.",
      text::format_whole(static_cast<int64_t>(sensitivity.jumps.size())),
      text::format_whole(static_cast<int64_t>(sensitivity.nudges)), jumping_points(sensitivity));
}

std::string sensitivity_markdown(const trust::Sensitivity& sensitivity) {
  std::string text =
      "The three parameters that move each headline most, and its values when they are a fifth "
      "less and a fifth more:\n\n| claim | here | parameter | a fifth less | a fifth more |\n"
      "|---|---:|---|---:|---:|\n";
  for (const trust::HeadlineSwings& row : sensitivity.headlines) {
    const reproduction::Headline& headline = row.headline;
    for (size_t i = 0; i < std::min(kShownSwings, row.swings.size()); ++i)
      text += fmt::format("| {} | {} | {} | {} | {} |\n", i == 0 ? headline.claim : "",
                          i > 0            ? ""
                          : headline.fails ? "fails"
                                           : swing_value(headline.simulated, headline.unit),
                          row.swings[i].parameter, swing_value(row.swings[i].less, headline.unit),
                          swing_value(row.swings[i].more, headline.unit));
  }
  text += "\n" + jumps_sentence(sensitivity) + "\n";
  if (!sensitivity.jumps.empty())
    text +=
        "\n| figure | series | x | parameter | changed by | moves |\n|---|---|---|---|---:|---:|\n";
  for (const trust::Jump& jump : sensitivity.jumps)
    text += fmt::format("| {} | {} | {} | {} | {:+.0f} % | {} |\n", jump.figure, jump.series,
                        jump.x, jump.parameter, 100 * (jump.factor - 1), jump_text(jump));
  return text + "\n" + reach_sentence(sensitivity) + "\n";
}

std::string sensitivity_text(const trust::Sensitivity& sensitivity) {
  return "\n" + jumps_sentence(sensitivity) + "\n" + reach_sentence(sensitivity) + "\n";
}

std::string sensitivity_document(const trust::Sensitivity& sensitivity) {
  json::array headlines, jumps, reach;
  for (const trust::HeadlineSwings& row : sensitivity.headlines) {
    json::array swings;
    for (const trust::Swing& swing : row.swings)
      swings.push_back(json::object{{"parameter", swing.parameter},
                                    {"a_fifth_less", optional_value(swing.less)},
                                    {"a_fifth_more", optional_value(swing.more)}});
    headlines.push_back(
        json::object{{"claim", row.headline.claim},
                     {"simulated", row.headline.fails ? json::value("fail")
                                                      : json::value(row.headline.simulated)},
                     {"swings", std::move(swings)}});
  }
  for (const trust::Jump& jump : sensitivity.jumps)
    jumps.push_back(json::object{{"figure", jump.figure},
                                 {"series", jump.series},
                                 {"x", jump.x},
                                 {"parameter", jump.parameter},
                                 {"factor", jump.factor},
                                 {"ratio", optional_value(jump.ratio)}});
  for (const trust::ParameterReach& row : sensitivity.reach)
    reach.push_back(json::object{{"parameter", row.parameter}, {"given_points", row.given_points}});
  return text::to_json_text(json::object{{"schema", "wukong.sensitivity/1"},
                                         {"commit", text::program_commit()},
                                         {"headlines", std::move(headlines)},
                                         {"jumps", std::move(jumps)},
                                         {"nudges", sensitivity.nudges},
                                         {"reach", std::move(reach)}});
}

}  // namespace wukong::trust_report

#include <fmt/format.h>

#include <algorithm>

#include "bench/plot/html_text.h"
#include "bench/reproduction_report/report_text.h"
#include "bench/trust_report/sensitivity_report.h"

namespace wukong::trust_report {
namespace {

using reproduction_report::value_text;

constexpr size_t kBars = 8;     // of a tornado
constexpr size_t kJumps = 200;  // of the list
constexpr size_t kOpen = 4;     // tornados that a reader sees at once

// Where values stand on a tornado's axis, in percent of its width.
class Axis {
 public:
  Axis(const trust::HeadlineSwings& row, size_t bars) : low_(row.headline.simulated), high_(low_) {
    const auto take = [this](const std::optional<double>& value) {
      if (!value) return;
      low_ = std::min(low_, *value);
      high_ = std::max(high_, *value);
    };
    for (size_t i = 0; i < bars; ++i) take(row.swings[i].less), take(row.swings[i].more);
    take(row.headline.paper);
    if (high_ == low_) high_ = low_ + 1;
  }
  double place(double value) const { return 100 * (value - low_) / (high_ - low_); }
  double low() const { return low_; }
  double high() const { return high_; }

 private:
  double low_, high_;
};

std::string bar(const Axis& axis, double own, const std::optional<double>& value,
                const char* style) {
  if (!value) return "";
  const double from = axis.place(std::min(own, *value)), to = axis.place(std::max(own, *value));
  return fmt::format("<i class=\"{}\" style=\"left:{:.2f}%;width:{:.2f}%\"></i>", style, from,
                     to - from);
}

std::string mark(const Axis& axis, double value, const char* style) {
  return fmt::format("<i class=\"{}\" style=\"left:{:.2f}%\"></i>", style, axis.place(value));
}

std::string tornado_row(const Axis& axis, const trust::HeadlineSwings& row,
                        const trust::Swing& swing) {
  const reproduction::Headline& headline = row.headline;
  const auto text = [&](const std::optional<double>& value) {
    return value ? value_text(*value, headline.unit) : std::string("fails");
  };
  std::string marks = mark(axis, headline.simulated, "own");
  if (headline.paper) marks += mark(axis, *headline.paper, "paper");
  return fmt::format(
      "<div class=\"swing\"><span>{}</span><div class=\"track\">{}{}{}</div><span class=\"quiet\">"
      "{} / {}</span></div>\n",
      plot::escape_html(swing.parameter), bar(axis, headline.simulated, swing.less, "less"),
      bar(axis, headline.simulated, swing.more, "more"), marks, plot::escape_html(text(swing.less)),
      plot::escape_html(text(swing.more)));
}

std::string tornado(const trust::HeadlineSwings& row, bool is_open) {
  const reproduction::Headline& headline = row.headline;
  if (headline.fails || row.swings.empty()) return "";
  const size_t bars = std::min(kBars, row.swings.size());
  const Axis axis(row, bars);
  std::string html = fmt::format(
      "<details class=\"tornado\"{}><summary>{}: {}{}</summary>\n", is_open ? " open" : "",
      plot::escape_html(headline.claim),
      plot::escape_html(value_text(headline.simulated, headline.unit)),
      headline.paper
          ? plot::escape_html(" (paper " + value_text(*headline.paper, headline.unit) + ")")
          : "");
  for (size_t i = 0; i < bars; ++i) html += tornado_row(axis, row, row.swings[i]);
  return html + fmt::format("<p class=\"quiet\">Axis from {} to {}.</p></details>\n",
                            plot::escape_html(value_text(axis.low(), headline.unit)),
                            plot::escape_html(value_text(axis.high(), headline.unit)));
}

std::string jumps_list(const trust::Sensitivity& sensitivity) {
  if (sensitivity.jumps.empty()) return "";
  plot::HtmlTable table("Points that jump", {{"figure", "name"},
                                             {"series", "name wide"},
                                             {"x", ""},
                                             {"parameter", "name wrap"},
                                             {"changed by", ""},
                                             {"moves", ""}});
  const size_t shown = std::min(kJumps, sensitivity.jumps.size());
  for (size_t i = 0; i < shown; ++i) {
    const trust::Jump& jump = sensitivity.jumps[i];
    table.add_row(
        {{jump.figure, ""},
         {jump.series, ""},
         {jump.x, ""},
         {jump.parameter, ""},
         {fmt::format("{:+.0f} %", 100 * (jump.factor - 1)), ""},
         {jump.ratio ? fmt::format("{:+.0f} %", 100 * (*jump.ratio - 1)) : "fails once", "bad"}});
  }
  return fmt::format("<details><summary>Points that jump: {}{}</summary>\n{}</details>\n",
                     sensitivity.jumps.size(),
                     shown < sensitivity.jumps.size() ? fmt::format(" (the first {})", shown) : "",
                     table.to_html());
}

std::string reach_list(const trust::Sensitivity& sensitivity) {
  plot::HtmlTable table(
      "Points that the papers give and a parameter moves by 1 %, when it is a "
      "fifth less or more",
      {{"parameter", "name wrap"}, {"points", ""}});
  size_t few = 0;
  for (const trust::ParameterReach& reach : sensitivity.reach) {
    const bool is_few = reach.given_points < trust::kFewPoints;
    if (is_few) ++few;
    table.add_row(
        {{reach.parameter, ""}, {std::to_string(reach.given_points), is_few ? "bad" : ""}});
  }
  return fmt::format(
      "<details><summary>Points that each free parameter moves; {} of {} move fewer than {}"
      "</summary>\n{}</details>\n",
      few, sensitivity.reach.size(), trust::kFewPoints, table.to_html());
}

}  // namespace

std::string sensitivity_html(const trust::Sensitivity& sensitivity) {
  std::string html =
      "<h2>What moves the headlines</h2>\n<p class=\"quiet\">Each free parameter a fifth less "
      "(<b class=\"less\">&#9632;</b>) and a fifth more (<b class=\"more\">&#9632;</b>); the line "
      "is "
      "the simulated value, the dashed one the paper's. The numbers are the headline with less / "
      "with more; one run each, all with the same seed.</p>\n";
  for (size_t i = 0; i < sensitivity.headlines.size(); ++i)
    html += tornado(sensitivity.headlines[i], i < kOpen);
  return html + "<p>" + plot::escape_html(jumps_sentence(sensitivity)) + "</p>\n" +
         jumps_list(sensitivity) + reach_list(sensitivity);
}

}  // namespace wukong::trust_report

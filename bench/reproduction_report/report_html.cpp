#include "bench/reproduction_report/report_html.h"

#include <fmt/format.h>

#include <cmath>

#include "bench/plot/html_text.h"
#include "bench/reproduction_report/report_style.h"
#include "bench/reproduction_report/report_text.h"
#include "bench/text/version.h"
#include "sim/base/check.h"

namespace wukong::reproduction_report {
namespace {

constexpr const char* kName = "name";

std::string error_style(const std::optional<double>& error) {
  if (!error) return "quiet";
  if (*error <= 0.10) return "good";
  return *error <= 0.30 ? "fair" : "bad";
}

std::string tile(const std::string& value, const std::string& what) {
  return fmt::format("<div class=\"tile\"><b>{}</b>{}</div>\n", plot::escape_html(value),
                     plot::escape_html(what));
}

std::string systems_table(const reproduction::Accuracy& accuracy) {
  plot::HtmlTable table(
      "Errors by system",
      {{"system", kName}, {"points", ""}, {"median error", ""}, {"within 30 %", ""}});
  const auto add = [&](const std::string& name, const reproduction::ErrorSummary& errors) {
    table.add_row({{name, ""},
                   {std::to_string(errors.points), ""},
                   {percent_text(errors.median), error_style(errors.median)},
                   {percent_text(errors.within_30), ""}});
  };
  for (const auto& [system, errors] : accuracy.by_system) add(system, errors);
  add("all", accuracy.all);
  if (accuracy.outside.points > 0) add("outside these papers", accuracy.outside);
  return table.to_html();
}

// Good if it has what the papers say.
plot::HtmlTable::Cell interval_cell(const std::optional<reproduction::Interval>& interval,
                                    const std::optional<double>& paper) {
  std::string style = "quiet";
  if (interval && paper) style = interval->contains(*paper) ? "good" : "fair";
  return {interval_text(interval), std::move(style)};
}

std::string mismatch_list(const reproduction::Accuracy& accuracy) {
  const std::vector<std::string> lines = mismatch_lines(accuracy);
  if (lines.empty()) return "";
  std::string html = fmt::format(
      "<details><summary>Orders of systems, and failures, that are not as in the papers: {}"
      "</summary>\n<ul class=\"index\">\n",
      lines.size());
  for (const std::string& line : lines) html += "<li>" + plot::escape_html(line) + "</li>\n";
  return html + "</ul></details>\n";
}

std::string coverage_tile(const reproduction::Intervals* intervals) {
  if (intervals == nullptr) return "";
  return tile(fmt::format("{} of {}", intervals->covering, intervals->given),
              "points whose interval has the papers' value");
}

std::string intervals_note(const reproduction::Intervals* intervals) {
  if (intervals == nullptr) return "";
  return "<p class=\"quiet\">Intervals: " + plot::escape_html(intervals->how) +
         ". They hold what the papers' points leave open and the chances of a run, not the model's "
         "own errors.</p>\n";
}

std::string summary_section(const ReportContents& contents) {
  const reproduction::Accuracy& accuracy = contents.accuracy;
  return "<h2>Summary</h2>\n<div class=\"tiles\">\n" +
         tile(percent_text(accuracy.all.median),
              fmt::format("median error of {} points with a value of the papers",
                          accuracy.all.points)) +
         tile(percent_text(accuracy.all.within_30), "of them within 30 %") +
         tile(fmt::format("{} of {}", accuracy.order_pairs - accuracy.order_mismatches.size(),
                          accuracy.order_pairs),
              "pairs of systems in the papers' order (figures 9 to 14)") +
         tile(fmt::format("{} of {}", accuracy.failures_matched, accuracy.failures_expected),
              "failures of the papers are failures here") +
         coverage_tile(contents.intervals) + "</div>\n<h3>By system</h3>\n" +
         systems_table(accuracy) + mismatch_list(accuracy) + intervals_note(contents.intervals);
}

std::string headlines_section(const ReportContents& contents) {
  if (contents.headlines.empty()) return "";
  std::vector<plot::HtmlTable::Column> columns = {
      {"claim", "name wrap"}, {"paper", ""}, {"simulated", ""}};
  if (contents.intervals != nullptr) columns.push_back({"interval", ""});
  columns.push_back({"error", contents.intervals != nullptr ? "wide" : ""});
  columns.push_back({"formula", "name wrap quiet wide"});
  plot::HtmlTable table("The papers' claims in numbers, and what is simulated", columns);
  for (size_t i = 0; i < contents.headlines.size(); ++i) {
    const reproduction::Headline& headline = contents.headlines[i];
    const std::optional<double> error = headline_error(headline);
    std::vector<plot::HtmlTable::Cell> cells = {
        {headline.claim, ""},
        {headline.paper ? value_text(*headline.paper, headline.unit) : "not stated", ""},
        {headline.fails ? "fails" : value_text(headline.simulated, headline.unit), ""}};
    if (contents.intervals != nullptr)
      cells.push_back(interval_cell(contents.intervals->headlines[i], headline.paper));
    cells.push_back({percent_text(error), error_style(error)});
    cells.push_back({headline.formula, ""});
    table.add_row(cells);
  }
  return "<h2>Headline claims</h2>\n" + table.to_html();
}

std::string index_section(const std::vector<reproduction::FigureResult>& figures) {
  std::string html = "<h2>Figures</h2>\n<ul class=\"index\">\n";
  for (const reproduction::FigureResult& figure : figures) {
    const reproduction::ErrorSummary errors = reproduction::figure_errors(figure);
    html += fmt::format(
        "<li><a href=\"#{0}\">{0}</a>: {1}{2}</li>\n", plot::escape_html(figure.reference->name),
        plot::escape_html(figure.reference->title),
        errors.points == 0 ? ""
                           : fmt::format(" <span class=\"quiet\">({} median error)</span>",
                                         percent_text(errors.median)));
  }
  return html + "</ul>\n";
}

plot::HtmlTable::Cell error_cell(const reproduction::PointResult& point) {
  const std::optional<double> error = point.relative_error();
  if (!point.reference.is_failure()) return {percent_text(error), error_style(error)};
  if (point.fails) return {"as in the paper", "good"};
  return {"does not fail", "bad"};
}

// `intervals`: of the figure's points; null: none were measured.
std::string points_table(const reproduction::FigureResult& figure,
                         const std::vector<std::optional<reproduction::Interval>>* intervals) {
  const reproduction::ReferenceFigure& reference = *figure.reference;
  std::vector<plot::HtmlTable::Column> columns = {
      {"series", kName}, {reference.x_name, ""}, {"simulated", ""}, {"min .. max", "wide"}};
  if (intervals != nullptr) columns.push_back({"interval", ""});
  columns.push_back({"paper", ""});
  columns.push_back({"error", intervals != nullptr ? "wide" : ""});
  plot::HtmlTable table("Every point of " + reference.name + ", " + reference.unit, columns);
  for (size_t i = 0; i < figure.points.size(); ++i) {
    const reproduction::PointResult& point = figure.points[i];
    const bool is_number = point.reference.is_number();
    std::vector<plot::HtmlTable::Cell> cells = {{reference.series[point.series].name, ""},
                                                {reference.x[point.x].text, ""},
                                                {simulated_text(point), ""},
                                                {spread_text(point), "quiet"}};
    if (intervals != nullptr)
      cells.push_back(interval_cell(
          (*intervals)[i], is_number ? std::optional(point.reference.number) : std::nullopt));
    cells.push_back({paper_text(point.reference), is_number ? "" : "quiet"});
    cells.push_back(error_cell(point));
    table.add_row(cells);
  }
  return table.to_html();
}

std::string failures_list(const reproduction::FigureResult& figure) {
  std::string items;
  for (const reproduction::PointResult& point : figure.points)
    if (point.failed > 0)
      items += "<li>" + plot::escape_html(failure_line(figure, point)) + "</li>\n";
  return items.empty() ? "" : "<ul class=\"quiet\">\n" + items + "</ul>\n";
}

// Only the element: what stands before it is of the file.
std::string inline_svg(const std::string& svg) {
  const size_t start = svg.find("<svg");
  if (start == std::string::npos)
    return "<p class=\"quiet\">The plot was not drawn: there is no gnuplot.</p>\n";
  return svg.substr(start);
}

std::string figure_section(const reproduction::FigureResult& figure, const std::string& plot,
                           const std::vector<std::optional<reproduction::Interval>>* intervals) {
  const reproduction::ReferenceFigure& reference = *figure.reference;
  const reproduction::ErrorSummary errors = reproduction::figure_errors(figure);
  std::string html =
      fmt::format("<section id=\"{0}\">\n<h3>{0}: {1}</h3>\n", plot::escape_html(reference.name),
                  plot::escape_html(reference.title));
  if (errors.points > 0)
    html += fmt::format("<p>Median error {} over {} point{}.</p>\n", percent_text(errors.median),
                        errors.points, errors.points == 1 ? "" : "s");
  if (!reference.note.empty())
    html += fmt::format("<p class=\"quiet\">On the paper's values: {}.</p>\n",
                        plot::escape_html(reference.note));
  if (!figure.note.empty())
    html +=
        fmt::format("<p class=\"quiet\">As simulated: {}</p>\n", plot::escape_html(figure.note));
  html += fmt::format(
      "<div class=\"figure\">\n<div class=\"plot\" tabindex=\"0\" role=\"img\" "
      "aria-label=\"{}, simulated and as in the paper; the table has all values\">{}</div>\n",
      plot::escape_html(reference.title), inline_svg(plot));
  html += points_table(figure, intervals) + "</div>\n" + failures_list(figure) + "</section>\n";
  return html;
}

}  // namespace

std::string report_html(const ReportContents& contents) {
  ENSURE(contents.plots.size() == contents.figures.size(), contents.plots.size());
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n"
      "<title>Reproduction of the Wukong papers</title>\n<style>{}</style>\n</head>\n<body>\n"
      "<h1>Reproduction of the Wukong papers</h1>\n"
      "<p class=\"quiet\">Simulated by wukong {} ({}), {} replicate{} a point: the mean, and bars "
      "from the least to the greatest. Error: |simulated - paper| / paper.</p>\n",
      kReportStyle, text::program_version(), text::program_commit(), contents.replicates,
      contents.replicates == 1 ? "" : "s");
  html += summary_section(contents) + headlines_section(contents) + contents.more;
  html += index_section(contents.figures);
  for (size_t i = 0; i < contents.figures.size(); ++i)
    html +=
        figure_section(contents.figures[i], contents.plots[i],
                       contents.intervals == nullptr ? nullptr : &contents.intervals->points[i]);
  return html + "</body>\n</html>\n";
}

}  // namespace wukong::reproduction_report

#include "bench/trust_report/cross_validation_report.h"

#include <fmt/format.h>

#include "bench/plot/html_text.h"
#include "bench/reproduction_report/report_text.h"
#include "bench/text/display_width.h"
#include "bench/text/output_width.h"
#include "bench/text/table.h"
#include "bench/trust_report/cross_validation_rows.h"

namespace wukong::trust_report {
namespace {

using Align = text::Table::Align;
using reproduction_report::percent_text;

std::vector<std::string> cells_of(const CrossValidationRow& row) {
  return {row.name,
          row.refitted,
          std::to_string(row.points),
          percent_text(row.with_presets.median),
          percent_text(row.left_out.median),
          percent_text(row.left_out.within_50),
          std::to_string(row.interpolated.points),
          percent_text(row.left_out_between.median),
          percent_text(row.interpolated.median),
          percent_text(row.interpolated.within_50)};
}

const std::vector<std::string> kHeading = {
    "figure left out",      "parameters",         "points",         "error, fitted",
    "error, left out",      "within 50 %",        "points between", "error there, left out",
    "error there, by line", "by line within 50 %"};

std::string style_of(const std::optional<double>& error) {
  if (!error) return "quiet";
  if (*error <= 0.15) return "good";
  return *error <= 0.5 ? "fair" : "bad";
}

}  // namespace

std::string cross_validation_text(const trust::CrossValidation& result) {
  std::vector<Align> columns(kHeading.size(), Align::right);
  columns.front() = Align::left;
  text::Table table(columns);
  table.add_row(kHeading);
  const CrossValidationRows rows = cross_validation_rows(result);
  for (const CrossValidationRow& row : rows.figures) table.add_row(cells_of(row));
  table.add_blank();
  for (const CrossValidationRow& row : rows.totals) table.add_row(cells_of(row));
  return table.to_text({.width = text::output_width()}) + "\n" +
         text::wrapped_text(cross_validation_summary(result), text::output_width()) + "\n";
}

std::string cross_validation_markdown(const trust::CrossValidation& result) {
  std::string text = fmt::format("{}\n\n| {} |\n|---{}|\n", cross_validation_summary(result),
                                 fmt::join(kHeading, " | "), [] {
                                   std::string rule;
                                   for (size_t i = 1; i < kHeading.size(); ++i) rule += "|---:";
                                   return rule;
                                 }());
  const CrossValidationRows rows = cross_validation_rows(result);
  for (const std::vector<CrossValidationRow>* part : {&rows.figures, &rows.totals})
    for (const CrossValidationRow& row : *part)
      text += fmt::format("| {} |\n", fmt::join(cells_of(row), " | "));
  return text;
}

std::string cross_validation_html(const trust::CrossValidation& result) {
  std::vector<plot::HtmlTable::Column> columns;
  for (const std::string& name : kHeading)
    columns.push_back({name, columns.empty() ? "name" : columns.size() > 5 ? "wide" : ""});
  plot::HtmlTable table("Leave one figure out, and the null model", columns);
  const CrossValidationRows rows = cross_validation_rows(result);
  for (const std::vector<CrossValidationRow>* part : {&rows.figures, &rows.totals})
    for (const CrossValidationRow& row : *part) {
      std::vector<plot::HtmlTable::Cell> cells;
      for (std::string& text : cells_of(row)) cells.push_back({std::move(text), ""});
      cells[4].style = style_of(row.left_out.median);
      table.add_row(cells);
    }
  return "<h2>Prediction: one figure left out at a time</h2>\n<p class=\"quiet\">" +
         plot::escape_html(cross_validation_summary(result)) + "</p>\n" + table.to_html();
}

}  // namespace wukong::trust_report

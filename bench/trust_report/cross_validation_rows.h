// The rows of a cross-validation's table, the same in a terminal, in Markdown and on the page.
#pragma once

#include <string>
#include <vector>

#include "bench/trust/cross_validation.h"

namespace wukong::trust_report {

struct CrossValidationRow {
  std::string name;
  size_t points = 0;
  std::string refitted;  // how many parameters; "-": no stage fits the figure
  trust::ErrorShares with_presets;
  trust::ErrorShares left_out;
  trust::ErrorShares interpolated;
  trust::ErrorShares left_out_between;  // of the points of `interpolated`
};

// One for each figure; then figures 9 to 14, all that something is fitted to, and all.
struct CrossValidationRows {
  std::vector<CrossValidationRow> figures;
  std::vector<CrossValidationRow> totals;
};
CrossValidationRows cross_validation_rows(const trust::CrossValidation& result);

// How the fits were made: for the text before the table.
std::string cross_validation_summary(const trust::CrossValidation& result);

}  // namespace wukong::trust_report

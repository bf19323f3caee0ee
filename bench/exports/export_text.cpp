#include "bench/exports/export.h"
#include "bench/text/rows_text.h"

namespace wukong::exports {

std::string export_csv(const results::Study& study, const ExportOptions& options) {
  return text::csv_text(export_rows(study, options));
}

std::string export_csv_comma(const results::Study& study, const ExportOptions& options) {
  return text::csv_text_with_decimal_commas(export_rows(study, options));
}

std::string export_markdown(const results::Study& study, const ExportOptions& options) {
  return text::markdown_text(export_rows(study, options));
}

}  // namespace wukong::exports

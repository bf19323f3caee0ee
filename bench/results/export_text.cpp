#include "bench/results/export.h"
#include "bench/text/rows_text.h"

namespace wukong::bench {

std::string export_csv(const Study& study, const ExportOptions& options) {
  return csv_text(export_rows(study, options));
}

std::string export_markdown(const Study& study, const ExportOptions& options) {
  return markdown_text(export_rows(study, options));
}

}  // namespace wukong::bench

// The table of quantities as a list: for people, for programs, and as the page docs/metrics.md.
#pragma once

#include <string>

#include "bench/text/output_width.h"

namespace wukong::result {

// Under a heading for each group: name, unit, what is better, what it is.
std::string list_metrics(size_t width = text::kUsualWidth);
// One object for each, in the order of the table.
std::string metrics_json();
// docs/metrics.md, byte for byte.
std::string metrics_page();

}  // namespace wukong::result

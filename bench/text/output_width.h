// How wide the lines of a report may be.
#pragma once

#include <cstddef>

namespace wukong::text {

constexpr size_t kUsualWidth = 80;

// Columns of the terminal that is the standard output; else what COLUMNS says; else 80. At least
// 40, below which a table is not to be read.
size_t output_width();

}  // namespace wukong::text

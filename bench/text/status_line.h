// A line that is drawn again and again at one place of a terminal.
#pragma once

#include <cstddef>
#include <string>

namespace wukong::text {

// As many whole fields of the line as fit; two blanks stand between fields. A number that is cut
// would be another number. Columns are counted as characters.
std::string fitting_fields(const std::string& line, size_t width);

// Of the terminal that stderr is; 80 if it does not say.
size_t stderr_width();

}  // namespace wukong::text

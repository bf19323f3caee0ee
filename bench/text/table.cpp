#include "bench/text/table.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::bench {
namespace {

constexpr size_t kGap = 2;

size_t width_of(const std::string& text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; }));
}

}  // namespace

void Table::add_row(std::vector<std::string> cells) {
  ENSURE(cells.size() <= columns_.size(), cells.size(), columns_.size());
  rows_.push_back({std::move(cells), false});
}

void Table::add_heading(std::string text) { rows_.push_back({{std::move(text)}, true}); }

std::string Table::to_text() const {
  std::vector<size_t> widths(columns_.size());
  for (const Row& row : rows_)
    for (size_t i = 0; i < row.cells.size() && !row.heading; ++i)
      widths[i] = std::max(widths[i], width_of(row.cells[i]));

  std::string text;
  for (const Row& row : rows_) {
    std::string line;
    size_t column = 0;
    for (const std::string& cell : row.cells) {
      if (column > 0) line.append(kGap, ' ');
      const size_t width = width_of(cell);
      const size_t padding = row.heading ? 0 : widths[column] - std::min(width, widths[column]);
      const bool right = columns_[column] == Align::right && !row.heading;
      if (right) line.append(padding, ' ');
      line += cell;
      if (!right) line.append(padding, ' ');
      ++column;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace wukong::bench

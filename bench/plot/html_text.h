// Pieces of HTML: text with its special characters escaped, and tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wukong::plot {

std::string escape_html(std::string_view text);

class HtmlTable {
 public:
  // A column's name and the class of its cells; "name": text, aligned to the left.
  struct Column {
    std::string title;
    std::string style;
  };
  struct Cell {
    std::string text;   // escaped here
    std::string style;  // beside that of the column
  };

  // The caption says what the table shows; a row's first cell is its name.
  HtmlTable(std::string caption, std::vector<Column> columns);
  // REQUIRES: a cell for each column.
  void add_row(const std::vector<Cell>& cells);
  // In a block that scrolls by itself where the screen is narrow.
  std::string to_html() const;

 private:
  std::string caption_;
  std::vector<Column> columns_;
  std::string rows_;
};

}  // namespace wukong::plot

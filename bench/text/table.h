// Text tables for a terminal: columns aligned by spaces, no boxes. The widths count characters of
// UTF-8, not bytes.
#pragma once

#include <string>
#include <vector>

namespace wukong::bench {

class Table {
 public:
  enum class Align { left, right };

  explicit Table(std::vector<Align> columns) : columns_(std::move(columns)) {}

  // Cells beyond the last given one are empty. REQUIRES: not more cells than columns.
  void add_row(std::vector<std::string> cells);
  // A line over the whole width, outside of the columns: a heading of what follows.
  void add_heading(std::string text);
  void add_blank() { add_heading(""); }

  // Each line ends with a newline and has no trailing spaces.
  std::string to_text() const;

 private:
  struct Row {
    std::vector<std::string> cells;
    bool heading = false;
  };
  std::vector<Align> columns_;
  std::vector<Row> rows_;
};

}  // namespace wukong::bench

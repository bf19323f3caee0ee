// Text tables for a terminal: columns aligned by spaces, no boxes. Widths count columns of the
// terminal, not bytes. A table that is too wide is cut into parts that stand one below the other,
// each with the first columns again.
#pragma once

#include <string>
#include <vector>

namespace wukong::text {

class Table {
 public:
  // Prose is to the left, and goes on in the next line where it is too long.
  enum class Align { left, right, prose };

  struct Fit {
    size_t width;     // the most columns of a line
    size_t keys = 1;  // the first columns of the table, which every part begins with
  };

  explicit Table(std::vector<Align> columns) : columns_(std::move(columns)) {}

  // Cells beyond the last given one are empty. REQUIRES: not more cells than columns.
  void add_row(std::vector<std::string> cells);
  // A line over the whole width, outside of the columns: a heading of what follows.
  void add_heading(std::string text);
  void add_blank() { add_heading(""); }
  // Begins a group of columns that stand in one part if they can; before it is called, each column
  // is a group of its own. REQUIRES: called in the order of the columns.
  void begin_group(size_t column) { groups_.push_back(column); }

  // Each line ends with a newline and has no trailing spaces.
  std::string to_text() const;
  // No line is wider than fit.width, if the keys leave room for a cell. What has no room even so is
  // cut in its middle ("a...z"); a word of prose never is.
  std::string to_text(const Fit& fit) const;
  // Whether it is one part, and nothing is cut.
  bool fits(size_t width) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    bool heading = false;
  };
  // Some columns of the table, and how wide each of them is.
  struct Part {
    std::vector<size_t> columns;
    std::vector<size_t> widths;
  };

  std::vector<size_t> natural_widths() const;
  Part whole() const;
  std::vector<Part> parts_for(const Fit& fit) const;
  std::vector<std::vector<size_t>> column_groups(size_t keys) const;
  // Of the whole table's columns.
  static std::vector<size_t> widths_of(const std::vector<size_t>& columns, const Part& all);
  void append_part(const Part& part, size_t heading_width, std::string& text) const;
  void append_row(const Row& row, const Part& part, std::string& text) const;

  std::vector<Align> columns_;
  std::vector<size_t> groups_;
  std::vector<Row> rows_;
};

}  // namespace wukong::text

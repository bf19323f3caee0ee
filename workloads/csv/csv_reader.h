// A CSV file with a header, strictly: every complaint is an Error with file, line and column. A
// field may be quoted ("a,b", "" for a quote) but not go on in another line. Columns are asked for
// by name, in any order.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/fields.h"
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "workloads/csv/line_reader.h"

namespace wukong::csv {

using ColumnId = Id<struct ColumnTag>;

class CsvReader {
 public:
  // Reads the header. Throws Error for an empty file, and for a column that is there twice.
  explicit CsvReader(ByteFilePointer file);

  const std::vector<std::string>& header() const { return header_; }
  // Throws Error at the header if there is none of that name.
  ColumnId column(const std::string& name) const;
  std::optional<ColumnId> find_column(std::string_view name) const;
  // Throws Error at the header for a column that is none of `known`.
  void refuse_columns_besides(const std::vector<std::string>& known) const;

  // The next row, of as many fields as the header; false: there is none.
  bool next();
  // Of the row, until the next one.
  std::string_view text(ColumnId column) const { return fields_[column.index()]; }
  std::string name(ColumnId column) const;  // a text that is not empty
  double number(ColumnId column, Bounds bounds) const;
  int64_t integer(ColumnId column, Bounds bounds) const;
  Duration seconds(ColumnId column) const;
  Duration milliseconds(ColumnId column) const;

  const std::string& file() const { return lines_.file(); }
  ErrorPlace place() const { return lines_.place(); }  // of the row
  [[noreturn]] void fail(ColumnId column, const std::string& expected,
                         const std::string& found) const;
  // With the field as what was found.
  [[noreturn]] void fail(ColumnId column, const std::string& expected) const;

 private:
  void split(std::string_view line);
  std::string_view unquoted(std::string_view line, size_t& position);

  LineReader lines_;
  std::vector<std::string> header_;
  std::vector<std::string_view> fields_;
  std::deque<std::string> quoted_;  // fields that are not as they stand in the line
};

}  // namespace wukong::csv

// The lines of a file of text, plain or gzip'd (which its first bytes tell), in bounded memory.
// What is no text is an Error with file and line: a byte that no text has, UTF-16, a line without
// an end, a damaged gzip. A mark of UTF-8 at the start and \r before \n are left out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/error.h"
#include "workloads/csv/byte_file.h"

namespace wukong::csv {

// Azure's longest rows, of 1,444 fields, have some 10,000 bytes.
constexpr size_t kLongestLine = size_t{1} << 17;

class LineReader {
 public:
  explicit LineReader(ByteFilePointer file);

  // The next line, without its end, until the next call; nothing: the file's end. Empty lines at
  // the end are no lines; others are Errors.
  std::optional<std::string_view> next();
  const std::string& file() const { return file_->name(); }
  int64_t line() const { return line_; }  // of the last one, from 1
  ErrorPlace place(std::string key = {}) const;

 private:
  bool read_block();
  [[noreturn]] void fail_unpacking(const std::string& found);
  std::optional<std::string_view> next_of_any_length();
  void check_text(std::string_view line) const;

  ByteFilePointer file_;
  std::unique_ptr<ByteSource> bytes_;
  std::vector<char> block_;
  std::string_view rest_;  // of the block
  std::string joined_;     // a line that began in an earlier block
  int64_t line_ = 0;
};

}  // namespace wukong::csv

// How often functions are invoked in each minute, one row a function: a gap and a count for each
// minute with any, in a few bytes. A day of Azure's takes some ten of megabytes of it, whatever the
// counts are.
#pragma once

#include <cstdint>
#include <vector>

#include "workloads/traces/function_table.h"

namespace wukong::trace_files {

constexpr int kMostMinutes = 1440;

class MinuteCounts {
 public:
  void begin_row(traces::TraceFunctionId function);
  // Of the row that began last. REQUIRES: minutes come in order; count > 0.
  void add(int minute, int64_t count);

  size_t row_count() const { return rows_.size(); }
  traces::TraceFunctionId function(size_t row) const { return rows_[row].function; }

  // Goes through a row's minutes.
  class Cursor {
   public:
    int minute() const { return minute_; }  // kMostMinutes: there are no more
    int64_t count() const { return count_; }
    void advance();

   private:
    friend class MinuteCounts;
    const uint8_t* next_ = nullptr;
    const uint8_t* end_ = nullptr;
    int minute_ = -1;
    int64_t count_ = 0;
  };
  // At the row's first minute. The counts must not be added to any more.
  Cursor cursor(size_t row) const;

 private:
  struct Row {
    traces::TraceFunctionId function;
    size_t begin = 0;
    int last_minute = -1;
  };

  void put(uint64_t value);

  std::vector<Row> rows_;
  std::vector<uint8_t> bytes_;
};

}  // namespace wukong::trace_files

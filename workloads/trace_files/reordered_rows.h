// The rows of a file in the order of their starts, though it has them in another, in memory for
// those that are out of order. A first pass notes the least start of each block of rows; a row is
// given once no later block has an earlier one.
#pragma once

#include <queue>
#include <vector>

#include "sim/base/time.h"
#include "workloads/trace_files/function_names.h"
#include "workloads/trace_files/invocation_rows.h"
#include "workloads/traces/trace.h"

namespace wukong::trace_files {

// Of rows that wait for earlier ones: 40 MB. Azure's 2021 file has a few hundred.
constexpr size_t kMostWaitingRows = size_t{1} << 20;

// The least start from each block of rows on. A bound for what is still to come.
class StartBounds {
 public:
  void add(Duration start);
  // The file has been read.
  void finish();
  // No row from this one on starts earlier. Rows count from 0. REQUIRES: finish().
  Duration from_row(int64_t row) const;

 private:
  static constexpr int64_t kBlock = 1024;
  std::vector<Duration> least_;
  int64_t rows_ = 0;
};

class ReorderedRows {
 public:
  ReorderedRows(std::unique_ptr<InvocationRows> rows, const FunctionNames& names,
                const StartBounds& bounds);

  // The times are the file's. Throws Error for more waiting rows than are kept, and for a file that
  // is not the one of the first pass.
  struct Row {
    Duration start;
    int64_t number;  // in the file: of two at one time, the first is first
    traces::TraceFunctionId function;
    Duration duration;
    Bytes payload;
  };
  bool next(Row& row);

 private:
  struct Later {
    bool operator()(const Row& a, const Row& b) const {
      return a.start != b.start ? a.start > b.start : a.number > b.number;
    }
  };

  bool read_row();

  std::unique_ptr<InvocationRows> rows_;
  const FunctionNames& names_;
  const StartBounds& bounds_;
  std::priority_queue<Row, std::vector<Row>, Later> waiting_;
  InvocationRow parsed_;
  int64_t read_ = 0;
  bool ended_ = false;
};

}  // namespace wukong::trace_files

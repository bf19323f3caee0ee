// Files with a row for each invocation: what their formats have in common. A format reads rows; the
// trace made of them (invocation_list.h) knows no columns.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "sim/base/bytes.h"
#include "sim/base/error.h"
#include "sim/base/time.h"
#include "workloads/csv/byte_file.h"

namespace wukong::trace_files {

struct InvocationRow {
  std::string app;  // of a function that has none: its own name
  std::string function;
  Duration start;  // since the file's time zero; below it if it began before
  Duration duration;
  std::optional<Bytes> memory;
  Bytes payload;
};

class InvocationRows {
 public:
  virtual ~InvocationRows() = default;
  // False: there are no more. Throws Error for what is wrong with the file.
  virtual bool next(InvocationRow& row) = 0;
  // Of the last row.
  virtual ErrorPlace place() const = 0;
};

// A pass over a file in some format.
using OpenRows = std::unique_ptr<InvocationRows> (*)(const csv::ByteFilePointer& file);

// Azure Functions 2021 (Zhang et al., SOSP'21): app, func, end_timestamp, duration, in seconds. A
// row's start is its end less its duration; rows are in the order of their ends, or in any.
std::unique_ptr<InvocationRows> azure_2021_rows(const csv::ByteFilePointer& file);

// Our own: timestamp_s, function, duration_s, and, if wanted, app, memory_mb, payload_bytes; in the
// order of their times.
std::unique_ptr<InvocationRows> csv_rows(const csv::ByteFilePointer& file);

}  // namespace wukong::trace_files

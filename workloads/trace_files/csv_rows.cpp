#include <string>
#include <vector>

#include "workloads/csv/csv_reader.h"
#include "workloads/trace_files/invocation_rows.h"
#include "workloads/traces/memory_model.h"

namespace wukong::trace_files {
namespace {

constexpr Bounds kMemoryMegabytes{1, 1e8};
constexpr Bounds kPayloadBytes{0, 1e15};

class OwnRows final : public InvocationRows {
 public:
  explicit OwnRows(const csv::ByteFilePointer& file)
      : csv_(file),
        timestamp_(csv_.column("timestamp_s")),
        function_(csv_.column("function")),
        duration_(csv_.column("duration_s")),
        app_(csv_.find_column("app")),
        memory_(csv_.find_column("memory_mb")),
        payload_(csv_.find_column("payload_bytes")) {
    csv_.refuse_columns_besides(
        {"timestamp_s", "function", "duration_s", "app", "memory_mb", "payload_bytes"});
  }

  bool next(InvocationRow& row) override {
    if (!csv_.next()) return false;
    row.start = csv_.seconds(timestamp_);
    if (row.start < previous_)
      csv_.fail(timestamp_, "rows in the order of their times, so at least that of the row before");
    previous_ = row.start;
    row.function = csv_.name(function_);
    row.app = app_ ? csv_.name(*app_) : row.function;
    row.duration = csv_.seconds(duration_);
    row.memory.reset();
    if (memory_ && !csv_.text(*memory_).empty())
      row.memory = traces::memory_megabytes(csv_.number(*memory_, kMemoryMegabytes));
    if (payload_) row.payload = Bytes(csv_.integer(*payload_, kPayloadBytes));
    return true;
  }
  ErrorPlace place() const override { return csv_.place(); }

 private:
  csv::CsvReader csv_;
  csv::ColumnId timestamp_, function_, duration_;
  std::optional<csv::ColumnId> app_, memory_, payload_;
  Duration previous_;
};

}  // namespace

std::unique_ptr<InvocationRows> csv_rows(const csv::ByteFilePointer& file) {
  return std::make_unique<OwnRows>(file);
}

}  // namespace wukong::trace_files

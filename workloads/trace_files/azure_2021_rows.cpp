#include "workloads/csv/csv_reader.h"
#include "workloads/trace_files/invocation_rows.h"

namespace wukong::trace_files {
namespace {

class Azure2021Rows final : public InvocationRows {
 public:
  explicit Azure2021Rows(const csv::ByteFilePointer& file)
      : csv_(file),
        app_(csv_.column("app")),
        function_(csv_.column("func")),
        end_(csv_.column("end_timestamp")),
        duration_(csv_.column("duration")) {}

  bool next(InvocationRow& row) override {
    if (!csv_.next()) return false;
    row.app = csv_.name(app_);
    row.function = csv_.name(function_);
    row.duration = csv_.seconds(duration_);
    row.start = csv_.seconds(end_) - row.duration;
    return true;
  }
  ErrorPlace place() const override { return csv_.place(); }

 private:
  csv::CsvReader csv_;
  csv::ColumnId app_, function_, end_, duration_;
};

}  // namespace

std::unique_ptr<InvocationRows> azure_2021_rows(const csv::ByteFilePointer& file) {
  return std::make_unique<Azure2021Rows>(file);
}

}  // namespace wukong::trace_files

#include "workloads/trace_files/invocation_list.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "sim/base/arithmetic.h"
#include "sim/base/error.h"
#include "workloads/trace_files/function_names.h"
#include "workloads/trace_files/missing_memory.h"
#include "workloads/trace_files/reordered_rows.h"

namespace wukong::trace_files {
namespace {

using traces::Invocation;
using traces::TraceFunctionId;

constexpr double kSecondsOfDay = 86'400;

class ListPass final : public traces::InvocationSource {
 public:
  ListPass(ReorderedRows rows, Duration time_zero, const traces::Wanted& wanted)
      : rows_(std::move(rows)), time_zero_(time_zero), wanted_(wanted) {}

  bool next(Invocation& invocation) override {
    ReorderedRows::Row row;
    while (rows_.next(row)) {
      const Time arrival = Time::at(row.start - time_zero_);
      if (arrival >= wanted_.end) return false;
      if (!wanted_.wants(arrival) || !wanted_.wants(row.function)) continue;
      invocation = {arrival, row.function, row.duration, row.payload};
      return true;
    }
    return false;
  }

 private:
  ReorderedRows rows_;
  Duration time_zero_;
  traces::Wanted wanted_;
};

class InvocationList final : public traces::Trace {
 public:
  InvocationList(csv::ByteFilePointer file, OpenRows format, uint64_t seed)
      : file_(std::move(file)), format_(format) {
    const std::unique_ptr<InvocationRows> rows = format_(file_);
    InvocationRow row;
    while (rows->next(row)) add(row, rows->place());
    if (counts_.empty()) throw Error(rows->place(), "rows below the header", "none");
    bounds_.finish();
    complete_table();
    give_missing_memory(names_.table(), seed);
    counts_ = {};
  }

  const traces::FunctionTable& functions() const override { return names_.table(); }
  std::unique_ptr<traces::InvocationSource> invocations(
      const traces::Wanted& wanted) const override {
    return std::make_unique<ListPass>(ReorderedRows(format_(file_), names_, bounds_), time_zero_,
                                      wanted);
  }

 private:
  struct Count {
    int64_t invocations = 0;
    Int128 duration_ns = 0;
    int first_line = 0;
  };

  void add(const InvocationRow& row, const ErrorPlace& place) {
    const TraceFunctionId id = names_.find_or_add(row.app, row.function, place);
    if (counts_.size() <= id.index()) counts_.resize(id.index() + 1);
    Count& count = counts_[id.index()];
    traces::TraceFunction& function = names_.table().function(id);
    if (count.invocations == 0) {
      count.first_line = place.line;
      function.memory = row.memory.value_or(Bytes());
    } else if (row.memory && *row.memory != function.memory) {
      throw Error(place,
                  "the memory that the function has in line " + std::to_string(count.first_line),
                  "another");
    }
    ++count.invocations;
    count.duration_ns += row.duration.count_ns();
    bounds_.add(row.start);
    time_zero_ = std::min(time_zero_, row.start);
    last_ = std::max(last_, row.start);
  }

  void complete_table() {
    const double days = std::max(1.0, (last_ - time_zero_).to_seconds()) / kSecondsOfDay;
    for (size_t i = 0; i < counts_.size(); ++i) {
      traces::TraceFunction& function = names_.table().function(TraceFunctionId(i));
      const Count& count = counts_[i];
      function.invocations_per_day = static_cast<double>(count.invocations) / days;
      function.mean_duration =
          Duration::nanoseconds(narrowed(count.duration_ns / count.invocations, kLongestTime));
    }
  }

  csv::ByteFilePointer file_;
  OpenRows format_;
  FunctionNames names_;
  StartBounds bounds_;
  std::vector<Count> counts_;
  Duration time_zero_;  // at most zero
  Duration last_;
};

}  // namespace

std::unique_ptr<traces::Trace> make_invocation_list(csv::ByteFilePointer file, OpenRows format,
                                                    uint64_t seed) {
  return std::make_unique<InvocationList>(std::move(file), format, seed);
}

}  // namespace wukong::trace_files

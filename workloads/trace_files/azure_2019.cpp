#include "workloads/trace_files/azure_2019.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <vector>

#include "sim/base/random.h"
#include "workloads/trace_files/azure_2019_tables.h"
#include "workloads/trace_files/missing_memory.h"

namespace wukong::trace_files {
namespace {

using traces::Invocation;
using traces::TraceFunctionId;

constexpr Duration kMinute = Duration::seconds(60);

// A function's invocations in one minute.
class FunctionMinute {
 public:
  FunctionMinute(WithinMinute how, int64_t count, uint64_t seed, uint64_t index,
                 TraceFunctionId function)
      : arrivals_(how, count, RandomStream(seed, "traces.arrival", index)),
        durations_(seed, "traces.duration", index),
        function_(function),
        next_(arrivals_.next()) {}

  Duration next() const { return next_; }  // since the minute's start
  TraceFunctionId function() const { return function_; }
  // The next one's probability in its distribution.
  double draw_duration() { return durations_.uniform(); }
  bool advance() {
    if (arrivals_.ended()) return false;
    next_ = arrivals_.next();
    return true;
  }

 private:
  MinuteArrivals arrivals_;
  RandomStream durations_;
  TraceFunctionId function_;
  Duration next_;
};

class MinutePass final : public traces::InvocationSource {
 public:
  MinutePass(const Azure2019Tables& tables, WithinMinute how, uint64_t seed,
             const traces::Wanted& wanted)
      : tables_(tables), how_(how), seed_(seed), wanted_(wanted) {
    for (size_t row = 0; row < tables_.counts.row_count(); ++row) {
      const TraceFunctionId id = tables_.counts.function(row);
      if (wanted_.wants(id) && tables_.durations[id.index()])
        rows_.push_back({row, tables_.counts.cursor(row)});
    }
    const int64_t first = wanted_.begin.since_start() / kMinute;
    minute_ = static_cast<int>(std::min<int64_t>(first, tables_.minutes));
  }

  bool next(Invocation& invocation) override {
    do {
      while (active_.empty())
        if (!begin_minute()) return false;
      give(invocation);
      if (invocation.arrival >= wanted_.end) return false;
    } while (!wanted_.wants(invocation.arrival));
    return true;
  }

 private:
  struct Row {
    size_t number;
    MinuteCounts::Cursor cursor;
  };
  struct Due {
    Duration at;
    uint32_t index;  // in minutes_
    bool operator>(const Due& other) const {
      return at != other.at ? at > other.at : index > other.index;
    }
  };

  // False: there are no more minutes.
  bool begin_minute() {
    if (minute_ == tables_.minutes || Time::at(kMinute * minute_) >= wanted_.end) return false;
    minutes_.clear();
    for (Row& row : rows_) {
      while (row.cursor.minute() < minute_) row.cursor.advance();
      if (row.cursor.minute() != minute_) continue;
      minutes_.emplace_back(how_, row.cursor.count(), seed_,
                            row.number * kMostMinutes + static_cast<uint64_t>(minute_),
                            tables_.counts.function(row.number));
    }
    for (size_t i = 0; i < minutes_.size(); ++i)
      active_.push({minutes_[i].next(), static_cast<uint32_t>(i)});
    start_ = Time::at(kMinute * minute_);
    ++minute_;
    return true;
  }

  void give(Invocation& invocation) {
    const Due due = active_.top();
    active_.pop();
    FunctionMinute& function = minutes_[due.index];
    const auto& durations = tables_.durations[function.function().index()];
    invocation = {start_ + due.at, function.function(),
                  durations->quantile(function.draw_duration()), Bytes()};
    if (function.advance()) active_.push({function.next(), due.index});
  }

  const Azure2019Tables& tables_;
  WithinMinute how_;
  uint64_t seed_;
  traces::Wanted wanted_;
  std::vector<Row> rows_;
  int minute_ = 0;  // the next one
  Time start_;      // of this one
  std::vector<FunctionMinute> minutes_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> active_;
};

class Azure2019Trace final : public traces::Trace {
 public:
  Azure2019Trace(const Azure2019Files& files, const Azure2019Settings& settings, uint64_t seed)
      : tables_(read_azure_2019(files, settings.memory_share)),
        within_minute_(settings.within_minute),
        seed_(seed) {
    give_missing_memory(tables_.names.table(), seed);
    // A function that is left out is not invoked, so no sampler chooses by its invocations.
    for (size_t i = 0; i < tables_.durations.size(); ++i)
      if (!tables_.durations[i])
        tables_.names.table().function(TraceFunctionId(i)).invocations_per_day = 0;
  }

  const traces::FunctionTable& functions() const override { return tables_.names.table(); }
  std::unique_ptr<traces::InvocationSource> invocations(
      const traces::Wanted& wanted) const override {
    return std::make_unique<MinutePass>(tables_, within_minute_, seed_, wanted);
  }
  std::vector<std::string> oddities() const override { return tables_.oddities; }

 private:
  Azure2019Tables tables_;
  WithinMinute within_minute_;
  uint64_t seed_;
};

}  // namespace

std::unique_ptr<traces::Trace> make_azure_2019(const Azure2019Files& files,
                                               const Azure2019Settings& settings, uint64_t seed) {
  return std::make_unique<Azure2019Trace>(files, settings, seed);
}

}  // namespace wukong::trace_files

#include "workloads/trace_files/azure_2019_tables.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/csv/csv_reader.h"
#include "workloads/traces/memory_model.h"

namespace wukong::trace_files {
namespace {

using traces::MemoryShare;
using traces::TraceFunctionId;

constexpr Bounds kMinuteCount{0, 1e7};
constexpr Bounds kAppMegabytes{0, 1e8};
constexpr double kMinutesOfDay = 1440;

struct AzureNames {
  explicit AzureNames(const csv::CsvReader& csv)
      : owner(csv.column("HashOwner")), app(csv.column("HashApp")) {}
  std::string of_app(const csv::CsvReader& csv) const {
    return csv.name(owner) + "/" + csv.name(app);
  }

  csv::ColumnId owner, app;
};

// The columns "1" to "1440", or to fewer, one after the other.
std::vector<csv::ColumnId> minute_columns(const csv::CsvReader& csv) {
  std::vector<csv::ColumnId> minutes;
  for (size_t i = 0; i < csv.header().size(); ++i) {
    const std::string& name = csv.header()[i];
    if (name.empty() || name.find_first_not_of("0123456789") != std::string::npos) continue;
    const size_t expected = minutes.size() + 1;
    if (expected > kMostMinutes)
      throw Error({csv.file(), 1, ""}, "minutes from 1 to 1440", "\"" + name + "\"");
    if (name != std::to_string(expected))
      throw Error({csv.file(), 1, ""}, "minute " + std::to_string(expected), "\"" + name + "\"");
    minutes.emplace_back(i);
  }
  if (minutes.empty()) csv.column("1");  // which says what there is instead
  return minutes;
}

traces::Trigger trigger_named(const csv::CsvReader& csv, csv::ColumnId column) {
  const auto found = std::find(std::begin(traces::kTriggerNames), std::end(traces::kTriggerNames),
                               csv.text(column));
  if (found == std::end(traces::kTriggerNames))
    csv.fail(column, "http, queue, event, timer, orchestration, storage or others");
  return static_cast<traces::Trigger>(found - std::begin(traces::kTriggerNames));
}

void read_counts(const csv::ByteFilePointer& file, Azure2019Tables& tables) {
  csv::CsvReader csv(file);
  const AzureNames names(csv);
  const csv::ColumnId function = csv.column("HashFunction");
  const std::optional<csv::ColumnId> trigger = csv.find_column("Trigger");
  const std::vector<csv::ColumnId> minutes = minute_columns(csv);
  tables.minutes = static_cast<int>(minutes.size());
  const double days = static_cast<double>(minutes.size()) / kMinutesOfDay;
  while (csv.next()) {
    const TraceFunctionId id =
        tables.names.find_or_add(names.of_app(csv), csv.name(function), csv.place());
    tables.counts.begin_row(id);
    double invocations = 0;
    for (size_t minute = 0; minute < minutes.size(); ++minute) {
      if (csv.text(minutes[minute]) == "0") continue;  // most are
      const int64_t count = csv.integer(minutes[minute], kMinuteCount);
      if (count > 0) tables.counts.add(static_cast<int>(minute), count);
      invocations += static_cast<double>(count);
    }
    traces::TraceFunction& entry = tables.names.table().function(id);
    if (trigger) entry.trigger = trigger_named(csv, *trigger);
    entry.invocations_per_day += invocations / days;
  }
  if (tables.counts.row_count() == 0) throw Error(csv.place(), "rows below the header", "none");
}

std::string count_of(size_t some, size_t all, const std::string& what) {
  return std::to_string(some) + " of " + std::to_string(all) + " " + what;
}

void read_durations(const csv::ByteFilePointer& file, Azure2019Tables& tables) {
  csv::CsvReader csv(file);
  const AzureNames names(csv);
  const csv::ColumnId function = csv.column("HashFunction");
  const csv::ColumnId average = csv.column("Average");
  std::array<csv::ColumnId, kDurationPercentiles.size()> columns;
  for (size_t i = 0; i < columns.size(); ++i)
    columns[i] = csv.column("percentile_Average_" + std::to_string(kDurationPercentiles[i]));
  size_t falling = 0, repeated = 0;
  tables.durations.resize(tables.names.table().function_count());
  while (csv.next()) {
    DurationPercentiles row;
    row.average = csv.milliseconds(average);
    bool falls = false;
    for (size_t i = 0; i < columns.size(); ++i) {
      row.knots[i] = csv.milliseconds(columns[i]);
      if (i == 0 || row.knots[i] >= row.knots[i - 1]) continue;
      row.knots[i] = row.knots[i - 1];
      falls = true;
    }
    falling += falls ? 1 : 0;
    const auto id = tables.names.find(names.of_app(csv), csv.name(function));
    if (!id) continue;
    std::optional<DurationPercentiles>& known = tables.durations[id->index()];
    repeated += known ? 1 : 0;
    if (known) continue;
    known = row;
    tables.names.table().function(*id).mean_duration = row.average;
  }
  if (falling > 0)
    tables.oddities.push_back(std::to_string(falling) +
                              " functions have a percentile below a lower one's: taken as that");
  if (repeated > 0)
    tables.oddities.push_back(std::to_string(repeated) +
                              " rows of durations are of a function that has one: left out");
}

void read_memory(const csv::ByteFilePointer& file, MemoryShare share, Azure2019Tables& tables) {
  csv::CsvReader csv(file);
  const AzureNames names(csv);
  const std::optional<csv::ColumnId> function = csv.find_column("HashFunction");
  // Of the application's memory dslab-faas takes the greatest, others the average.
  const csv::ColumnId memory =
      csv.column(share == MemoryShare::whole ? "AverageAllocatedMb_pct100" : "AverageAllocatedMb");
  traces::FunctionTable& table = tables.names.table();
  std::map<std::string, Bytes> of_app;
  while (csv.next()) {
    const Bytes megabytes = traces::memory_megabytes(csv.number(memory, kAppMegabytes));
    const std::string app = names.of_app(csv);
    if (!function) {
      of_app.emplace(app, megabytes);
    } else if (const auto id = tables.names.find(app, csv.name(*function))) {
      table.function(*id).memory = megabytes;
    }
  }
  std::vector<int64_t> functions(table.app_count());
  for (const traces::TraceFunction& entry : table.functions()) ++functions[entry.app.index()];
  for (size_t i = 0; i < table.function_count(); ++i) {
    traces::TraceFunction& entry = table.function(TraceFunctionId(i));
    const auto known = of_app.find(table.app(entry.app).name);
    if (known == of_app.end()) continue;
    const int64_t parts = share == MemoryShare::equal ? functions[entry.app.index()] : 1;
    entry.memory = known->second / parts;
  }
}

void tell_what_is_missing(Azure2019Tables& tables) {
  const traces::FunctionTable& table = tables.names.table();
  size_t no_durations = 0, no_memory = 0;
  for (size_t i = 0; i < table.function_count(); ++i) {
    no_durations += tables.durations[i] ? 0 : 1;
    no_memory += table.functions()[i].memory == Bytes() ? 1 : 0;
  }
  const size_t all = table.function_count();
  if (no_durations > 0)
    tables.oddities.push_back(count_of(no_durations, all, "functions have no durations: left out"));
  if (no_memory > 0)
    tables.oddities.push_back(count_of(no_memory, all, "functions have no memory: drawn"));
}

}  // namespace

Duration DurationPercentiles::quantile(double probability) const {
  ENSURE(probability >= 0 && probability < 1, probability);
  const double percent = probability * 100;
  size_t above = 1;
  while (percent >= kDurationPercentiles[above]) ++above;
  const double low = kDurationPercentiles[above - 1];
  const double part = (percent - low) / (kDurationPercentiles[above] - low);
  return knots[above - 1] + scaled(knots[above] - knots[above - 1], part);
}

Azure2019Tables read_azure_2019(const Azure2019Files& files, MemoryShare memory_share) {
  Azure2019Tables tables;
  read_counts(files.invocations, tables);
  read_durations(files.durations, tables);
  if (files.memory) read_memory(files.memory, memory_share, tables);
  tell_what_is_missing(tables);
  if (std::none_of(tables.durations.begin(), tables.durations.end(),
                   [](const auto& known) { return known.has_value(); }))
    throw Error({files.durations->name(), 0, ""},
                "durations of functions of " + files.invocations->name(), "none of them");
  return tables;
}

}  // namespace wukong::trace_files

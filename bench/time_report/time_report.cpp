#include "bench/time_report/time_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "bench/text/display_width.h"
#include "bench/text/format.h"
#include "bench/text/table.h"
#include "bench/time_report/advice.h"

namespace wukong::time_report {
namespace {

using Align = text::Table::Align;
using run::PathPart;

constexpr size_t kLongestShown = 5;

constexpr std::array<std::string_view, run::kPathParts> kLabels = {
    "compute",    "get",         "put",
    "exists?",    "copy",        "counters",
    "messages",   "queue",       "cold start",
    "start",      "invoke",      "client, scheduler",
    "executor",   "next look",   "retry, refused",
    "least time", "unattributed"};

std::string time_of(Duration time) { return text::format_time(text::seconds_of(time)); }

std::string share_of(Duration part, Duration whole) {
  if (whole == Duration::zero()) return "";
  const double percent = 100.0 * part.to_seconds() / whole.to_seconds();
  return percent < 0.1 ? "< 0.1 %" : fmt::format("{:.1f} %", percent);
}

struct Explained {
  const experiment::SystemSetup* system;
  const run::RunResult* result;
};

// Parts that some system has spent time on.
std::vector<size_t> parts_of(const std::vector<Explained>& systems) {
  std::vector<size_t> parts;
  for (size_t i = 0; i < run::kPathParts; ++i)
    if (std::any_of(systems.begin(), systems.end(), [i](const Explained& each) {
          return each.result->critical_path->parts[i] > Duration::zero();
        }))
      parts.push_back(i);
  return parts;
}

std::vector<std::string> cells_of(Duration part, Duration whole) {
  if (part == Duration::zero()) return {"-", ""};
  return {time_of(part), share_of(part, whole)};
}

text::Table systems_as_columns(const std::vector<Explained>& systems) {
  std::vector<Align> columns{Align::left};
  columns.resize(1 + 2 * systems.size(), Align::right);
  text::Table table(columns);
  std::vector<std::string> names{""};
  std::vector<std::string> totals{"makespan"};
  for (size_t i = 0; i < systems.size(); ++i) {
    table.begin_group(1 + 2 * i);
    names.insert(names.end(), {systems[i].result->system, ""});
    totals.insert(totals.end(), {time_of(systems[i].result->makespan), ""});
  }
  table.add_row(names);
  for (const size_t part : parts_of(systems)) {
    std::vector<std::string> row{std::string(kLabels[part])};
    for (const Explained& each : systems)
      for (std::string& cell :
           cells_of(each.result->critical_path->parts[part], each.result->makespan))
        row.push_back(std::move(cell));
    table.add_row(row);
  }
  table.add_row(totals);
  return table;
}

text::Table systems_as_rows(const std::vector<Explained>& systems) {
  const std::vector<size_t> parts = parts_of(systems);
  std::vector<Align> columns(2 + parts.size(), Align::right);
  columns.front() = Align::left;
  text::Table table(columns);
  std::vector<std::string> heads{"", "makespan"};
  for (const size_t part : parts) heads.emplace_back(kLabels[part]);
  table.add_row(heads);
  for (const Explained& each : systems) {
    std::vector<std::string> row{each.result->system, time_of(each.result->makespan)};
    for (const size_t part : parts)
      row.push_back(cells_of(each.result->critical_path->parts[part], each.result->makespan)[0]);
    table.add_row(row);
  }
  return table;
}

std::string parts_text(const std::vector<Explained>& systems, size_t width) {
  const text::Table columns = systems_as_columns(systems);
  if (columns.fits(width) || systems.size() <= 3) return columns.to_text({.width = width});
  return systems_as_rows(systems).to_text({.width = width});
}

// The longest ones, in the order of the path.
std::string segments_text(const run::CriticalPath& path, size_t width) {
  std::vector<const run::PathSegment*> longest;
  for (const run::PathSegment& segment : path.segments) longest.push_back(&segment);
  const auto length = [](const run::PathSegment& each) { return each.end - each.begin; };
  std::sort(longest.begin(), longest.end(), [&](const auto* a, const auto* b) {
    return length(*a) != length(*b) ? length(*a) > length(*b) : a->begin < b->begin;
  });
  longest.resize(std::min(longest.size(), kLongestShown));
  std::sort(longest.begin(), longest.end(),
            [](const auto* a, const auto* b) { return a->begin < b->begin; });
  text::Table table({Align::left, Align::right, Align::right, Align::left, Align::left});
  table.add_row({"  at", "for", "", "what", "where"});
  Duration shown;
  for (const run::PathSegment* segment : longest) {
    shown += length(*segment);
    table.add_row({"  " + time_of(segment->begin.since_start()), time_of(length(*segment)),
                   share_of(length(*segment), path.total()), segment->what, segment->where});
  }
  std::string text = table.to_text({.width = width, .keys = 2});
  if (const size_t others = path.segments.size() - longest.size(); others > 0)
    text += text::wrapped_text(
        fmt::format("and {} shorter {}, together {}",
                    text::format_count(static_cast<double>(others)),
                    others == 1 ? "segment" : "segments", time_of(path.total() - shown)),
        width, 2);
  return text;
}

}  // namespace

std::string report_time(const experiment::Experiment& experiment,
                        std::span<const run::RunResult> results, size_t width) {
  std::vector<Explained> explained;
  std::string text;
  const auto replicates = static_cast<size_t>(experiment.replicates);
  for (size_t i = 0; i < experiment.systems.size(); ++i) {
    const run::RunResult& result = results[i * replicates];
    if (result.critical_path)
      explained.push_back({&experiment.systems[i], &result});
    else
      text += text::wrapped_text(fmt::format("{}: not explained, as it did not complete: {}",
                                             result.system, result.failure),
                                 width);
  }
  if (explained.empty()) return text;
  text += text::wrapped_text(
      fmt::format("What the time of {} went into, seed {}: the critical path of each run",
                  experiment.workload.name(), experiment.seed),
      width);
  text += "\n" + parts_text(explained, width);
  for (const Explained& each : explained) {
    text += "\n" + text::wrapped_text(each.result->system + ": its longest segments", width);
    text += segments_text(*each.result->critical_path, width);
    if (const std::string advice = advice_for(experiment, *each.system, *each.result);
        !advice.empty())
      text += text::wrapped_text(advice, width, 2);
  }
  return text;
}

}  // namespace wukong::time_report

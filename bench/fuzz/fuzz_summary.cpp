#include "bench/fuzz/fuzz_summary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json.hpp>

#include "bench/text/display_width.h"
#include "bench/text/format.h"
#include "bench/text/json_text.h"
#include "bench/text/output_width.h"
#include "bench/text/table.h"

namespace wukong::fuzz {
namespace {

namespace json = boost::json;

uint64_t faults_of(const FuzzReport& total) {
  uint64_t sum = 0;
  for (const uint64_t count : total.faults) sum += count;
  return sum;
}

std::string count_of(uint64_t count) { return text::format_count(static_cast<double>(count)); }

std::string plural(uint64_t count, const char* what) {
  return fmt::format("{} {}{}", count_of(count), what, count == 1 ? "" : "s");
}

uint64_t diagnosed(const FuzzReport& total) {
  return total.runs - total.completed - total.rejected;
}

std::string sentences(const std::vector<std::string>& violations) {
  std::string text;
  for (const std::string& sentence : violations) text += "  " + sentence + "\n";
  return text;
}

std::string failure_text(const FuzzFailure& failure) {
  std::string text = fmt::format("run {} violates an invariant:\n{}", failure.report.index,
                                 sentences(failure.report.violations));
  text += "replay: " + failure.replay + "\n";
  if (!failure.shrunk) return text;
  const FuzzCase& smallest = failure.shrunk->smallest;
  text +=
      fmt::format("shrunk to {} and {} in {}:\n{}", plural(smallest.tasks.size(), "task"),
                  plural(smallest.points.size() + smallest.faults.size(), "fault"),
                  plural(failure.shrunk->trials, "trial"), sentences(failure.shrunk->violations));
  return text + "replay: " + replay_of(*failure.shrunk) + "\n";
}

std::string coverage_text(const OptionCoverage& coverage) {
  if (coverage.empty()) return "";
  const std::vector<std::string> never = coverage.never_set();
  const PairCount pairs = coverage.pairs();
  std::string text = fmt::format(
      "{} of {} options were set; {} of {} pairs of an option and a kind of fault were met\n",
      count_of(coverage.options() - never.size()), count_of(coverage.options()),
      count_of(pairs.met), count_of(pairs.possible));
  constexpr size_t kMostListed = 10;
  if (never.empty()) return text + "\n";
  const auto end = never.begin() + static_cast<std::ptrdiff_t>(std::min(never.size(), kMostListed));
  text += fmt::format("never set: {}{}\n", fmt::join(never.begin(), end, ", "),
                      never.size() > kMostListed ? fmt::format(" and {} more (--json lists them)",
                                                               never.size() - kMostListed)
                                                 : "");
  return text::wrapped_text(text, text::output_width()) + "\n";
}

json::object coverage_document(const OptionCoverage& coverage) {
  const PairCount pairs = coverage.pairs();
  return {{"options", coverage.options()},
          {"never_set", json::value_from(coverage.never_set())},
          {"pairs_met", pairs.met},
          {"pairs_possible", pairs.possible}};
}

}  // namespace

std::string replay_of(const Shrunk& shrunk) {
  return fmt::format("wukong fuzz --case '{}'", shrunk.smallest.to_text());
}

std::string progress_text(const FuzzReport& total, double seconds) {
  return fmt::format("{}  {}  {:.0f} s", plural(total.runs, "run"),
                     plural(faults_of(total), "fault"), seconds);
}

std::string summary_text(const FuzzSummary& summary) {
  const FuzzReport& total = summary.total;
  std::string text = fmt::format(
      "{} in {}: {} completed, {} did not, {} rejected before {} start\n",
      plural(total.runs, "run"), text::format_time(summary.seconds), count_of(total.completed),
      count_of(diagnosed(total)), count_of(total.rejected), total.rejected == 1 ? "its" : "their");
  if (faults_of(total) > 0) {
    text::Table table({text::Table::Align::left, text::Table::Align::right});
    table.add_row({"fault", "injected"});
    for (size_t kind = 0; kind < faults::kFaultKinds; ++kind)
      table.add_row({std::string(faults::kFaultKindNames[kind]), count_of(total.faults[kind])});
    table.add_row({"all", count_of(faults_of(total))});
    text += "\n" + table.to_text() + "\n";
  }
  text += coverage_text(summary.coverage);
  return text + (summary.failure ? failure_text(*summary.failure) : "no invariant was violated\n");
}

std::string summary_document(const FuzzSummary& summary) {
  const FuzzReport& total = summary.total;
  json::object faults;
  for (size_t kind = 0; kind < faults::kFaultKinds; ++kind)
    faults[faults::kFaultKindNames[kind]] = total.faults[kind];
  json::object document{{"schema", "wukong.fuzz/1"},    {"runs", total.runs},
                        {"completed", total.completed}, {"rejected", total.rejected},
                        {"faults", std::move(faults)},  {"failure", nullptr}};
  if (!summary.coverage.empty()) document["coverage"] = coverage_document(summary.coverage);
  if (summary.failure) {
    const FuzzFailure& failure = *summary.failure;
    json::object found{{"run", failure.report.index},
                       {"replay", failure.replay},
                       {"case", failure.report.text},
                       {"violations", json::value_from(failure.report.violations)}};
    if (failure.shrunk)
      found["shrunk"] = json::object{{"replay", replay_of(*failure.shrunk)},
                                     {"trials", failure.shrunk->trials},
                                     {"violations", json::value_from(failure.shrunk->violations)}};
    document["failure"] = std::move(found);
  }
  return text::to_json_text(document);
}

}  // namespace wukong::fuzz

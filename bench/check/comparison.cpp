#include "bench/check/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "bench/text/table.h"

namespace wukong::check {
namespace {

using Align = text::Table::Align;

double value_of(const BaselineRun& run, const std::string& metric) {
  const auto found = run.metrics.find(metric);
  return found == run.metrics.end() ? 0 : found->second;
}

std::string percent_text(double before, double after) {
  if (before == 0) return "";
  const double percent = (after / before - 1) * 100;
  return std::abs(percent) < 0.01 ? fmt::format("{:+.1e} %", percent)
                                  : fmt::format("{:+.2f} %", percent);
}

// Exact if there is no tolerance: runs are deterministic.
bool within(double before, double after, const Tolerance& tolerance) {
  if (after == before) return true;
  const double part = before == 0 ? 1e300 : (after - before) / std::abs(before);
  return part > 0 ? part <= tolerance.increase : -part <= tolerance.decrease;
}

std::vector<Change> changes_of(const BaselineRun& before, const BaselineRun& after,
                               const Suite& suite) {
  std::vector<Change> changes;
  if (before.status != after.status) changes.push_back({"status", before.status, after.status, ""});
  for (const std::string& metric : suite.metrics) {
    const double old_value = value_of(before, metric);
    const double new_value = value_of(after, metric);
    if (within(old_value, new_value, suite.tolerance_of(metric))) continue;
    changes.push_back({metric, fmt::format("{}", old_value), fmt::format("{}", new_value),
                       percent_text(old_value, new_value)});
  }
  return changes;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '"')
      result += "&quot;";
    else
      result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return result;
}

std::string change_line(const Change& change) {
  return fmt::format("{}: {} -> {}{}", change.metric, change.before, change.after,
                     change.percent.empty() ? "" : " (" + change.percent + ")");
}

std::string failure_element(const CheckedRun& checked) {
  if (!checked.in_baseline)
    return "<error message=\"the baseline lacks this run; wukong check --update adds it\"/>";
  std::string names;
  std::string lines;
  for (const Change& change : checked.changes) {
    names += (names.empty() ? "" : ", ") + change.metric;
    lines += escaped(change_line(change)) + "\n";
  }
  return fmt::format("<failure message=\"changed: {}\">{}</failure>", escaped(names), lines);
}

}  // namespace

size_t CheckResult::changed() const {
  return static_cast<size_t>(std::count_if(
      runs.begin(), runs.end(), [](const CheckedRun& run) { return !run.changes.empty(); }));
}

size_t CheckResult::missing() const {
  return static_cast<size_t>(std::count_if(runs.begin(), runs.end(),
                                           [](const CheckedRun& run) { return !run.in_baseline; }));
}

CheckResult compare_with_baseline(const Baseline& now, const Baseline& before, const Suite& suite) {
  std::map<std::string, const BaselineRun*> known;
  for (const BaselineRun& run : before.runs) known[run.name()] = &run;
  CheckResult result;
  for (const BaselineRun& run : now.runs) {
    const auto found = known.find(run.name());
    if (found == known.end()) {
      result.runs.push_back({run, false, {}});
      continue;
    }
    result.runs.push_back({run, true, changes_of(*found->second, run, suite)});
    known.erase(found);
  }
  for (const BaselineRun& run : before.runs)
    if (known.contains(run.name())) result.gone.push_back(run.name());
  for (const auto& [file, digest] : now.files) {
    const auto old = before.files.find(file);
    if (old != before.files.end() && old->second != digest) result.other_files.push_back(file);
  }
  return result;
}

std::string report_check(const CheckResult& result, size_t width) {
  text::Table table({Align::left, Align::left, Align::left, Align::right, Align::right,
                     Align::right, Align::right});
  table.begin_group(3);
  table.add_row({"point", "system", "metric", "seed", "old", "new", "change"});
  for (const CheckedRun& checked : result.runs)
    for (const Change& change : checked.changes)
      table.add_row({checked.run.point, checked.run.system, change.metric,
                     std::to_string(checked.run.seed), change.before, change.after,
                     change.percent});
  std::string text;
  if (result.changed() > 0) text += table.to_text({.width = width, .keys = 3}) + "\n";
  for (const CheckedRun& checked : result.runs)
    if (!checked.in_baseline) text += "not in the baseline: " + checked.run.name() + "\n";
  for (const std::string& name : result.gone) text += "only in the baseline: " + name + "\n";
  for (const std::string& file : result.other_files)
    text += file + " holds something else than when the baseline was written\n";
  return text + fmt::format("{} runs: {} as before, {} changed, {} not in the baseline\n",
                            result.runs.size(),
                            result.runs.size() - result.changed() - result.missing(),
                            result.changed(), result.missing());
}

std::string junit_xml(const CheckResult& result, const std::string& suite) {
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
      escaped(suite), result.runs.size(), result.changed(), result.missing());
  for (const CheckedRun& checked : result.runs) {
    text += fmt::format("  <testcase classname=\"{}\" name=\"{}, seed {}\"",
                        escaped(checked.run.system), escaped(checked.run.point), checked.run.seed);
    const bool passed = checked.in_baseline && checked.changes.empty();
    text += passed ? "/>\n" : ">" + failure_element(checked) + "</testcase>\n";
  }
  return text + "</testsuite>\n";
}

}  // namespace wukong::check

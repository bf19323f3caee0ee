#include "bench/fuzz/fuzz_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

namespace wukong::fuzz {
namespace {

constexpr char kEnd[] = "end";

// Tabs part the fields.
std::string cleaned(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n'; }, ' ');
  return text;
}

}  // namespace

void FuzzReport::add(const FuzzReport& other) {
  runs += other.runs;
  completed += other.completed;
  rejected += other.rejected;
  for (size_t kind = 0; kind < faults::kFaultKinds; ++kind) faults[kind] += other.faults[kind];
}

std::string FuzzReport::to_line() const {
  std::ostringstream line;
  line << index << '\t' << runs << '\t' << completed << '\t' << rejected;
  for (const uint64_t count : faults) line << '\t' << count;
  line << '\t' << policy << '\t' << fmt::format("{}", fmt::join(options, " "));
  line << '\t' << cleaned(text) << '\t' << points;
  for (const std::string& sentence : violations) line << '\t' << cleaned(sentence);
  line << '\t' << kEnd << '\n';
  return line.str();
}

std::optional<FuzzReport> read_report(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
  constexpr size_t kNumbers = 4 + faults::kFaultKinds;
  if (fields.size() < kNumbers + 5 || fields.back() != kEnd) return std::nullopt;
  FuzzReport report;
  report.index = std::stoull(fields[0]);
  report.runs = std::stoull(fields[1]);
  report.completed = std::stoull(fields[2]);
  report.rejected = std::stoull(fields[3]);
  for (size_t kind = 0; kind < faults::kFaultKinds; ++kind)
    report.faults[kind] = std::stoull(fields[4 + kind]);
  std::istringstream options(fields[kNumbers + 1]);
  for (std::string option; options >> option;) report.options.push_back(option);
  report.policy = fields[kNumbers];
  report.text = fields[kNumbers + 2];
  report.points = fields[kNumbers + 3];
  report.violations.assign(fields.begin() + kNumbers + 4, fields.end() - 1);
  return report;
}

}  // namespace wukong::fuzz

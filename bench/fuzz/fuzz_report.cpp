#include "bench/fuzz/fuzz_report.h"

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
  if (fields.size() < kNumbers + 3 || fields.back() != kEnd) return std::nullopt;
  FuzzReport report;
  report.index = std::stoull(fields[0]);
  report.runs = std::stoull(fields[1]);
  report.completed = std::stoull(fields[2]);
  report.rejected = std::stoull(fields[3]);
  for (size_t kind = 0; kind < faults::kFaultKinds; ++kind)
    report.faults[kind] = std::stoull(fields[4 + kind]);
  report.text = fields[kNumbers];
  report.points = fields[kNumbers + 1];
  report.violations.assign(fields.begin() + kNumbers + 2, fields.end() - 1);
  return report;
}

}  // namespace wukong::fuzz

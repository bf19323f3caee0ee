// What a session of the fuzzer has found, for people and for programs.
#pragma once

#include <optional>
#include <string>

#include "bench/fuzz/fuzz_report.h"
#include "bench/fuzz/option_coverage.h"
#include "bench/fuzz/shrink.h"

namespace wukong::fuzz {

struct FuzzFailure {
  FuzzReport report;
  std::string replay;  // the command that does it again
  std::optional<Shrunk> shrunk;
};

struct FuzzSummary {
  FuzzReport total;  // counts
  OptionCoverage coverage;
  double seconds = 0;
  std::optional<FuzzFailure> failure;
};

std::string summary_text(const FuzzSummary& summary);
std::string summary_document(const FuzzSummary& summary);
// One line, for a terminal.
std::string progress_text(const FuzzReport& total, double seconds);
// The line that replays a shrunk case.
std::string replay_of(const Shrunk& shrunk);

}  // namespace wukong::fuzz

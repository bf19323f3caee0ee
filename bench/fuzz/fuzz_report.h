// What one run of the fuzzer tells its parent process, as one line of text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/faults/fault_kind.h"

namespace wukong::fuzz {

struct FuzzReport {
  uint64_t index = 0;
  uint64_t runs = 0;       // most often one; an enumeration makes many
  uint64_t completed = 0;  // of them
  uint64_t rejected = 0;   // nothing was run
  faults::FaultCounts faults{};
  std::string policy;                // of the case, if it is known
  std::vector<std::string> options;  // that the case sets, as OptionCatalog calls them
  std::string text;                  // of the case that broke an invariant
  std::string points;                // the faults that struck in it
  std::vector<std::string> violations;

  void add(const FuzzReport& other);  // counts only
  std::string to_line() const;
};

// Nothing if the line is not whole.
std::optional<FuzzReport> read_report(const std::string& line);

}  // namespace wukong::fuzz

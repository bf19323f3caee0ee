// Which options a session has set, and which kinds of faults have struck beside each of them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "bench/fuzz/fuzz_report.h"

namespace wukong::fuzz {

// A pair is an option and a kind of fault. It can be met if that kind has struck at all in a system
// whose policy has the option, or in any system if the option is the platform's.
struct PairCount {
  uint64_t met = 0;
  uint64_t possible = 0;
};

class OptionCoverage {
 public:
  OptionCoverage() = default;
  // `names`: all options that there are.
  explicit OptionCoverage(const std::set<std::string>& names);

  void add(const FuzzReport& report);

  bool empty() const { return options_.empty(); }
  size_t options() const { return options_.size(); }
  PairCount pairs() const;
  // That no run has set which was begun, in order.
  std::vector<std::string> never_set() const;

 private:
  using Kinds = std::set<size_t>;  // of faults
  struct Seen {
    uint64_t runs = 0;
    Kinds kinds;
  };

  std::map<std::string, Seen> options_;
  std::map<std::string, Kinds> policies_;  // and "platform", which all runs have
};

}  // namespace wukong::fuzz

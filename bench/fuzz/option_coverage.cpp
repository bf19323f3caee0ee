#include "bench/fuzz/option_coverage.h"

namespace wukong::fuzz {
namespace {

std::string owner_of(const std::string& option) { return option.substr(0, option.find('.')); }

}  // namespace

OptionCoverage::OptionCoverage(const std::set<std::string>& names) {
  for (const std::string& name : names) options_[name];
}

void OptionCoverage::add(const FuzzReport& report) {
  Kinds struck;
  for (size_t kind = 0; kind < faults::kFaultKinds; ++kind)
    if (report.faults[kind] > 0) struck.insert(kind);
  policies_["platform"].insert(struck.begin(), struck.end());
  policies_[report.policy].insert(struck.begin(), struck.end());
  if (report.rejected > 0) return;  // nothing was tried
  for (const std::string& option : report.options) {
    const auto found = options_.find(option);
    if (found == options_.end()) continue;
    ++found->second.runs;
    found->second.kinds.insert(struck.begin(), struck.end());
  }
}

PairCount OptionCoverage::pairs() const {
  PairCount pairs;
  for (const auto& [option, seen] : options_) {
    pairs.met += seen.kinds.size();
    const auto policy = policies_.find(owner_of(option));
    if (policy != policies_.end()) pairs.possible += policy->second.size();
  }
  return pairs;
}

std::vector<std::string> OptionCoverage::never_set() const {
  std::vector<std::string> never;
  for (const auto& [option, seen] : options_)
    if (seen.runs == 0) never.push_back(option);
  return never;
}

}  // namespace wukong::fuzz

// Every option that an experiment's platform and system may have, by preset, with what the presets
// themselves put there. Made once for many cases; nobody changes it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/fuzz_options/option_list.h"

namespace wukong::fuzz {

using fuzz_options::Option;

struct CaseOptions {
  std::string policy;  // empty if nobody knows
  // What is set: "platform.s3.latency_sigma", "wukong.proxy_threshold" (by the policy, which is who
  // reads it).
  std::vector<std::string> names;
};

class OptionCatalog {
 public:
  OptionCatalog();

  const experiment::Catalog& catalog() const { return catalog_; }
  const std::vector<Option>& platform(const std::string& preset) const {
    return platforms_.at(preset);
  }
  const std::vector<Option>& system(const std::string& preset) const {
    return systems_.at(preset).options;
  }
  // Of an experiment in YAML.
  CaseOptions options_in(const std::string& text) const;
  // All options that there are, as CaseOptions spells them.
  const std::set<std::string>& names() const { return names_; }

 private:
  struct System {
    std::string policy;
    std::vector<Option> options;
  };

  void share_texts();

  experiment::Catalog catalog_;
  std::map<std::string, std::vector<Option>> platforms_;
  std::map<std::string, System> systems_;
  std::set<std::string> names_;
};

}  // namespace wukong::fuzz

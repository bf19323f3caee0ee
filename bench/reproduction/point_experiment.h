// A point's parameters as an experiment of one system, with the flags `--set` laid over them.
//
// `platform...`, `workload...` and `system...` change every point; `systems.NAME...` changes the
// points whose system is made from the preset NAME.
#pragma once

#include <string>
#include <vector>

#include "bench/experiment/experiment.h"

namespace wukong::reproduction {

// The point's system, as accuracy is reported: its policy, but Dask's by the name of the preset, or
// what the figure calls it.
std::string system_group(const experiment::Experiment& experiment);

class PointExperiments {
 public:
  PointExperiments(const experiment::Catalog& catalog, std::vector<std::string> settings);

  // `parameters` have the sections platform, workload, system and perhaps seed; no system if the
  // workload is a trace.
  experiment::Experiment make(const parameters::ParameterTree& parameters);
  // Throws Error if a setting was for a system that no point had.
  void check_all_used() const;

 private:
  struct Setting {
    std::string text;
    std::string system;  // empty: of all
    bool used = false;
  };
  const experiment::Catalog& catalog_;
  std::vector<Setting> settings_;
  std::vector<std::string> presets_;  // of the systems that were made, each once
};

}  // namespace wukong::reproduction

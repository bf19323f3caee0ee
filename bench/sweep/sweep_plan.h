// A sweep as its file describes it: an experiment, axes, the points that they make, and how often
// each is repeated. Read once and checked strictly; nobody changes it afterwards. Errors name the
// line of what is wrong.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "bench/sweep/axis.h"
#include "bench/sweep/exclusion.h"
#include "bench/sweep/stopping_rule.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::sweep {

// The index of each axis's value.
using PointIndices = std::vector<uint32_t>;

struct SweepPlan {
  std::string file;
  parameters::ParameterTree experiment;  // without the sweep's own sections and without its axes
  std::vector<Axis> axes;
  std::vector<std::string> systems;  // labels
  std::vector<PointIndices> points;  // in the order of the grid: the last axis changes fastest
  std::vector<Exclusion> exclusions;
  StoppingRule rule;
  uint64_t seed = 1;
  int64_t point_limit = 0;  // more points than this need --yes

  // The experiment at a point.
  parameters::ParameterTree tree_at(size_t point) const;
  bool excluded(size_t point, size_t system) const;
  std::vector<const AxisValue*> values_at(size_t point) const;
  // A JSON list of texts.
  std::string coordinates_at(size_t point) const;
  // "rows=1024, memory_mb=512"
  std::string text_at(size_t point) const;
  // At most, if a rule decides.
  int64_t most_runs() const;
};

// `settings` are the texts of --set flags.
SweepPlan read_sweep(const std::string& file, const std::vector<std::string>& settings,
                     const experiment::Catalog& catalog);
SweepPlan make_sweep(parameters::ParameterTree tree, const experiment::Catalog& catalog);

// Makes the experiment of a point for each value of each axis, so that a bad value is an error
// before anything runs. Returns a digest of the sweep: description, effective parameters of those
// points, and version of the program. `threads` at 0: one for each core.
std::string check_sweep(const SweepPlan& plan, const experiment::Catalog& catalog,
                        unsigned threads = 0);

// The files that the experiments of those points name, by their paths relative to the sweep's, with
// a digest of what each holds.
std::map<std::string, std::string> input_files(const SweepPlan& plan,
                                               const experiment::Catalog& catalog);

// What is kept with the results: axes, systems, number of points, rule, seed. JSON.
std::string sweep_document(const SweepPlan& plan);

}  // namespace wukong::sweep

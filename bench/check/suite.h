// A suite of experiments that guards policies: a sweep with a section `check` of tolerances.
//   check:
//     metrics: [makespan_s, cost_usd]        # default: all
//     tolerances:                            # relative; default: exact
//       makespan_s: 0.02                     # either way
//       cost_usd: {increase: 0.01, decrease: 1}
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bench/sweep/sweep_plan.h"

namespace wukong::check {

// How far a metric may move, as a part of its old value.
struct Tolerance {
  double increase = 0;
  double decrease = 0;
};

struct Suite {
  sweep::SweepPlan plan;
  std::vector<std::string> metrics;  // those that are compared
  std::map<std::string, Tolerance> tolerances;

  Tolerance tolerance_of(const std::string& metric) const;
};

Suite read_suite(const std::string& file, const std::vector<std::string>& settings,
                 const experiment::Catalog& catalog);
Suite make_suite(parameters::ParameterTree tree, const std::vector<std::string>& settings,
                 const experiment::Catalog& catalog);

}  // namespace wukong::check

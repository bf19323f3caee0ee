// A derivative-free search for the values that give the least loss: one coordinate at a time, by
// factors that shrink where they do not help. Simple on purpose: the loss of a simulation is rough
// at small scale (a queue overflows or it does not), so that gradients mean nothing, and every step
// can be followed. It ends in the valley that it starts in; several starts see more of them. The
// result depends on the objective, the budget and the number of starts only.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace wukong::calibration {

// Bounds are positive and inclusive.
struct SearchVariable {
  double start;
  double from;
  double to;
  bool whole = false;
};

using Values = std::vector<double>;  // one for each variable
using Objective = std::function<double(const Values&)>;

struct SearchResult {
  Values values;
  double start_loss = 0;
  double loss = 0;
  size_t evaluations = 0;  // of the objective beside that of the start
};

// At most `evaluations` of them. Ends before if no step helps any longer.
SearchResult pattern_search(const std::vector<SearchVariable>& variables, size_t evaluations,
                            const Objective& objective);

// The best of several searches with so many evaluations each: the first from the starts as they
// are, each other one from values that were moved by a factor between a half and two, as it is
// drawn.
SearchResult search_from(size_t starts, const std::vector<SearchVariable>& variables,
                         size_t evaluations, const Objective& objective);

// `value` times `factor` as the search tries it: three significant digits, whole if it has to be
// and then at least one away, within the bounds.
double stepped(double value, double factor, const SearchVariable& variable);

}  // namespace wukong::calibration

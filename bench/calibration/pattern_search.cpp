#include "bench/calibration/pattern_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"
#include "sim/base/random.h"

namespace wukong::calibration {
namespace {

constexpr double kFirstStep = 1.3;
constexpr double kLongestStep = 1.6;
constexpr double kShortestStep = 1.03;  // less is within the papers' own errors
constexpr double kGrowth = 1.2;
constexpr double kHelps = 1e-5;  // less is rounding

struct Coordinate {
  double step = kFirstStep;
  bool upwards = true;  // the direction that helped last
};

class Search {
 public:
  Search(const std::vector<SearchVariable>& variables, size_t budget, const Objective& objective)
      : variables_(variables), budget_(budget), objective_(objective) {
    coordinates_.resize(variables.size());
    for (const SearchVariable& variable : variables) {
      ENSURE(0 < variable.from && variable.from <= variable.start && variable.start <= variable.to,
             variable.from, variable.start, variable.to);
      best_.values.push_back(variable.start);
    }
    best_.start_loss = best_.loss = objective(best_.values);
    known_[best_.values] = best_.loss;
  }

  SearchResult run() {
    bool can_move = true;
    while (can_move && best_.evaluations < budget_) {
      can_move = false;
      for (size_t i = 0; i < coordinates_.size(); ++i) {
        if (coordinates_[i].step <= kShortestStep) continue;
        can_move = true;
        move(i);
      }
    }
    return best_;
  }

 private:
  void move(size_t i) {
    Coordinate& coordinate = coordinates_[i];
    const bool helps =
        try_step(i, coordinate.upwards) || (try_step(i, !coordinate.upwards) && turn(coordinate));
    coordinate.step =
        helps ? std::min(coordinate.step * kGrowth, kLongestStep) : std::sqrt(coordinate.step);
  }

  static bool turn(Coordinate& coordinate) {
    coordinate.upwards = !coordinate.upwards;
    return true;
  }

  bool try_step(size_t i, bool upwards) {
    const double step = coordinates_[i].step;
    Values values = best_.values;
    values[i] = stepped(values[i], upwards ? step : 1 / step, variables_[i]);
    const std::optional<double> loss = loss_of(values);
    if (!loss || *loss > best_.loss - kHelps) return false;
    best_.values = std::move(values);
    best_.loss = *loss;
    return true;
  }

  // Nothing if the budget is spent.
  std::optional<double> loss_of(const Values& values) {
    const auto found = known_.find(values);
    if (found != known_.end()) return found->second;
    if (best_.evaluations == budget_) return std::nullopt;
    ++best_.evaluations;
    return known_[values] = objective_(values);
  }

  const std::vector<SearchVariable>& variables_;
  size_t budget_;
  const Objective& objective_;
  std::vector<Coordinate> coordinates_;
  std::map<Values, double> known_;
  SearchResult best_;
};

double rounded(double value, bool whole) {
  if (whole) return std::round(value);
  return std::strtod(fmt::format("{:.3g}", value).c_str(), nullptr);
}

std::vector<SearchVariable> drawn(std::vector<SearchVariable> variables, uint64_t number) {
  constexpr double kLogOfTwo = 0.6931471805599453;
  RandomStream random(number, "start of a search");
  for (SearchVariable& variable : variables) {
    const double moved = variable.start * portable_exp(kLogOfTwo * (2 * random.uniform() - 1));
    variable.start = std::clamp(rounded(moved, variable.whole), variable.from, variable.to);
  }
  return variables;
}

}  // namespace

double stepped(double value, double factor, const SearchVariable& variable) {
  double next = rounded(value * factor, variable.whole);
  if (variable.whole && next == value) next += factor > 1 ? 1 : -1;
  return std::clamp(next, variable.from, variable.to);
}

SearchResult pattern_search(const std::vector<SearchVariable>& variables, size_t evaluations,
                            const Objective& objective) {
  return Search(variables, evaluations, objective).run();
}

SearchResult search_from(size_t starts, const std::vector<SearchVariable>& variables,
                         size_t evaluations, const Objective& objective) {
  SearchResult best = pattern_search(variables, evaluations, objective);
  for (size_t i = 1; i < starts; ++i) {
    SearchResult other = pattern_search(drawn(variables, i), evaluations, objective);
    best.evaluations += 1 + other.evaluations;
    if (other.loss >= best.loss) continue;
    best.values = std::move(other.values);
    best.loss = other.loss;
  }
  return best;
}

}  // namespace wukong::calibration

#include "bench/trust/hit_and_run.h"

#include <algorithm>
#include <cmath>

#include "bench/trust/parameter_values.h"
#include "sim/base/check.h"
#include "sim/base/portable_math.h"
#include "sim/base/random.h"

namespace wukong::trust {
namespace {

constexpr double kFirst = 0.2;     // how far a parameter is tried in one step: in logarithms
constexpr double kFarthest = 1.6;  // the most: five times or a fifth
constexpr double kGrows = 1.5, kShrinks = 0.75;
constexpr size_t kTogether = 4;     // parameters that change in one step
constexpr size_t kCuts = 6;         // of a stretch, before another direction is drawn
constexpr size_t kDirections = 40;  // for a member; more means that there is nothing to find

class Sampler {
 public:
  Sampler(const std::vector<calibration::FreeParameter>& parameters, const Values& start,
          const HitAndRunOptions& options, const Loss& loss)
      : parameters_(parameters), loss_(loss), random_(options.seed, "ensemble") {
    for (size_t i = 0; i < start.size(); ++i) {
      ENSURE(parameters[i].from <= start[i] && start[i] <= parameters[i].to, start[i]);
      from_.push_back(portable_log(parameters[i].from));
      to_.push_back(portable_log(parameters[i].to));
      at_.push_back(portable_log(start[i]));
      reach_.push_back(std::min(kFirst, to_[i] - from_[i]));
    }
    result_.start_loss = here_ = loss(start);
    limit_ = (1 + options.slack) * result_.start_loss;
  }

  HitAndRunResult run(size_t members) {
    for (size_t member = 0; member < members; ++member) {
      for (size_t direction = 0; direction < kDirections && !step(); ++direction) {
      }
      const Values values = values_at(at_);
      result_.members.push_back(values);
      result_.losses.push_back(here_);
    }
    return result_;
  }

 private:
  Values values_at(const Values& logarithms) const {
    Values values;
    for (size_t i = 0; i < logarithms.size(); ++i)
      values.push_back(tried_value(parameters_[i], portable_exp(logarithms[i])));
    return values;
  }

  // Zero for what stays.
  Values draw_direction() {
    Values direction(at_.size(), 0);
    for (size_t i = 0; i < kTogether; ++i) {
      const auto index =
          static_cast<size_t>(random_.uniform() * static_cast<double>(direction.size()));
      direction[index] = random_.normal() * reach_[index];
    }
    return direction;
  }

  void change_reach(const Values& direction, double factor) {
    for (size_t i = 0; i < direction.size(); ++i)
      if (direction[i] != 0) reach_[i] = std::min(factor * reach_[i], kFarthest);
  }

  // Whether it moved.
  bool step() {
    const Values direction = draw_direction();
    double low = -2 * random_.uniform(), high = low + 2;
    for (size_t i = 0; i < at_.size(); ++i) {
      if (direction[i] == 0) continue;
      const double a = (from_[i] - at_[i]) / direction[i], b = (to_[i] - at_[i]) / direction[i];
      low = std::max(low, std::min({a, b, 0.0}));
      high = std::min(high, std::max({a, b, 0.0}));
    }
    for (size_t cut = 0; cut < kCuts && low < high; ++cut) {
      const double t = low + random_.uniform() * (high - low);
      Values next = at_;
      for (size_t i = 0; i < next.size(); ++i)
        next[i] = std::clamp(next[i] + t * direction[i], from_[i], to_[i]);
      ++result_.evaluations;
      const double loss = loss_(values_at(next));
      if (loss <= limit_) {
        at_ = std::move(next);
        here_ = loss;
        if (cut == 0) change_reach(direction, kGrows);
        return true;
      }
      (t < 0 ? low : high) = t;
      change_reach(direction, kShrinks);
    }
    return false;
  }

  const std::vector<calibration::FreeParameter>& parameters_;
  const Loss& loss_;
  RandomStream random_;
  Values from_, to_, at_, reach_;  // logarithms
  double limit_ = 0;
  double here_ = 0;
  HitAndRunResult result_;
};

}  // namespace

HitAndRunResult hit_and_run(const std::vector<calibration::FreeParameter>& parameters,
                            const Values& start, const HitAndRunOptions& options,
                            const Loss& loss) {
  ENSURE(start.size() == parameters.size(), start.size(), parameters.size());
  return Sampler(parameters, start, options, loss).run(options.members);
}

}  // namespace wukong::trust

#include "bench/trust/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "bench/experiment/catalog.h"
#include "bench/trust/parameter_values.h"
#include "bench/trust/preset_variants.h"

namespace wukong::trust {
namespace {

using Figures = std::vector<reproduction::FigureResult>;

constexpr double kMoves = 0.01;  // less is no move

struct Change {
  const calibration::FreeParameter* parameter;
  double factor;
  bool is_nudge() const { return std::abs(factor - 1) < kSwing / 2; }
};

// One stage's parameters: the presets as they are, and each change.
struct StageChanges {
  std::vector<Change> changes;
  std::vector<PresetVariant> variants;  // the first is unchanged
};

StageChanges changes_of(const calibration::CalibrationStage& stage,
                        const calibration::PresetEdition& presets) {
  StageChanges made{{}, {{presets}}};
  for (const calibration::FreeParameter& parameter : stage.parameters)
    for (const double factor : {1 - kSwing, 1 + kSwing, 1 - kNudge, 1 + kNudge}) {
      const std::optional<double> value =
          changed_value(parameter, presets.value(parameter), factor);
      if (!value) continue;
      made.changes.push_back({&parameter, factor});
      made.variants.push_back({presets});
      made.variants.back().presets.set_value(parameter, *value);
    }
  return made;
}

std::optional<double> value_of(const reproduction::Headline& headline) {
  return headline.fails ? std::nullopt : std::optional(headline.simulated);
}

class Collector {
 public:
  Collector(const reproduction::ReproductionLibrary& library, Sensitivity& into)
      : library_(library), into_(into) {}

  void add(const StageChanges& stage, const std::vector<Figures>& results) {
    const Figures& own = results.front();
    if (into_.headlines.empty())
      for (reproduction::Headline& headline : reproduction::evaluate_headlines(library_, own))
        into_.headlines.push_back({std::move(headline), {}});
    for (size_t i = 0; i < stage.changes.size(); ++i) {
      const Change& change = stage.changes[i];
      if (change.is_nudge())
        add_jumps(change, own, results[i + 1]);
      else
        add_swings(change, results[i + 1]);
    }
    add_reach(stage, results);
  }

 private:
  void add_swings(const Change& change, const Figures& changed) {
    const std::vector<reproduction::Headline> headlines =
        reproduction::evaluate_headlines(library_, changed);
    for (size_t i = 0; i < headlines.size(); ++i) {
      HeadlineSwings& into = into_.headlines[i];
      const std::string name = change.parameter->name();
      if (into.swings.empty() || into.swings.back().parameter != name)
        into.swings.push_back({name, value_of(into.headline), value_of(into.headline)});
      Swing& swing = into.swings.back();
      (change.factor < 1 ? swing.less : swing.more) = value_of(headlines[i]);
    }
  }

  void add_jumps(const Change& change, const Figures& own, const Figures& changed) {
    for (size_t i = 0; i < own.size(); ++i)
      for (size_t j = 0; j < own[i].points.size(); ++j) {
        const reproduction::PointResult& before = own[i].points[j];
        const reproduction::PointResult& after = changed[i].points[j];
        ++into_.nudges;
        if (before.fails && after.fails) continue;
        std::optional<double> ratio;
        if (!before.fails && !after.fails) {
          if (before.simulated.mean == after.simulated.mean) continue;
          ratio = after.simulated.mean / before.simulated.mean;
          if (std::abs(*ratio - 1) <= kJump) continue;
        }
        const reproduction::ReferenceFigure& figure = *own[i].reference;
        into_.jumps.push_back({change.parameter->name(), change.factor, figure.name,
                               figure.series[before.series].name, figure.x[before.x].text, ratio});
      }
  }

  void add_reach(const StageChanges& stage, const std::vector<Figures>& results) {
    for (size_t i = 0; i < stage.changes.size(); ++i) {
      const std::string name = stage.changes[i].parameter->name();
      if (!into_.reach.empty() && into_.reach.back().parameter == name) continue;
      into_.reach.push_back({name, 0});
      for (size_t figure = 0; figure < results.front().size(); ++figure) {
        if (results.front()[figure].reference->is_outside) continue;
        for (size_t point = 0; point < results.front()[figure].points.size(); ++point)
          if (is_reached(stage, results, stage.changes[i].parameter, figure, point))
            ++into_.reach.back().given_points;
      }
    }
  }

  static bool is_reached(const StageChanges& stage, const std::vector<Figures>& results,
                         const calibration::FreeParameter* parameter, size_t figure, size_t point) {
    const reproduction::PointResult& own = results.front()[figure].points[point];
    if (!own.reference.is_number() && !own.reference.is_failure()) return false;
    for (size_t i = 0; i < stage.changes.size(); ++i) {
      if (stage.changes[i].parameter != parameter || stage.changes[i].is_nudge()) continue;
      const reproduction::PointResult& changed = results[i + 1][figure].points[point];
      if (own.fails != changed.fails) return true;
      if (own.fails) continue;
      if (std::abs(changed.simulated.mean - own.simulated.mean) >
          kMoves * std::abs(own.simulated.mean))
        return true;
    }
    return false;
  }

  const reproduction::ReproductionLibrary& library_;
  Sensitivity& into_;
};

void sort_swings(HeadlineSwings& headline) {
  const std::optional<double> own = value_of(headline.headline);
  std::erase_if(headline.swings, [&](const Swing& swing) { return swing.width(own) == 0; });
  std::sort(headline.swings.begin(), headline.swings.end(), [&](const Swing& a, const Swing& b) {
    const double width_a = a.width(own), width_b = b.width(own);
    return width_a != width_b ? width_a > width_b : a.parameter < b.parameter;
  });
}

}  // namespace

double Swing::width(const std::optional<double>& own) const {
  if (less.has_value() != own.has_value() || more.has_value() != own.has_value())
    return std::numeric_limits<double>::infinity();
  if (!own) return 0;
  return std::max({*less, *more, *own}) - std::min({*less, *more, *own});
}

std::optional<double> changed_value(const calibration::FreeParameter& parameter, double value,
                                    double factor) {
  double changed = tried_value(parameter, value * factor);
  if (parameter.whole && changed == value)
    changed = std::clamp(value + (factor > 1 ? 1 : -1), parameter.from, parameter.to);
  if (changed == value) return std::nullopt;
  return changed;
}

Sensitivity measure_sensitivity(const reproduction::ReproductionLibrary& library,
                                const calibration::CalibrationPlan& plan,
                                const experiment::Catalog& catalog,
                                const calibration::PresetEdition& presets,
                                const reproduction::ReproductionOptions& options,
                                const reproduction::ProgressListener& listener) {
  Sensitivity sensitivity;
  Collector collector(library, sensitivity);
  for (const calibration::CalibrationStage& stage : plan.stages) {
    const StageChanges changes = changes_of(stage, presets);
    collector.add(changes,
                  reproduce_editions(library, changes.variants, catalog, options, listener));
  }
  for (HeadlineSwings& headline : sensitivity.headlines) sort_swings(headline);
  return sensitivity;
}

}  // namespace wukong::trust

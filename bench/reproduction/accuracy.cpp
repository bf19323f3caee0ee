#include "bench/reproduction/accuracy.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wukong::reproduction {
namespace {

constexpr double kWithin = 0.30;
constexpr double kClearlySlower = 1.15;
constexpr std::string_view kComparisons[] = {"socc20-9",  "socc20-10", "socc20-11",
                                             "socc20-12", "socc20-13", "socc20-14"};

std::vector<double> errors_of(const FigureResult& figure) {
  std::vector<double> errors;
  for (const PointResult& point : figure.points)
    if (const std::optional<double> error = point.relative_error()) errors.push_back(*error);
  return errors;
}

// What does not finish takes forever.
double paper_time(const PointResult& point) {
  return point.reference.is_failure() ? std::numeric_limits<double>::infinity()
                                      : point.reference.number;
}
double simulated_time(const PointResult& point) {
  return point.fails ? std::numeric_limits<double>::infinity() : point.simulated.mean;
}
bool is_known(const PointResult& point) {
  return point.reference.is_number() || point.reference.is_failure();
}

void compare_pair(const FigureResult& figure, const PointResult& a, const PointResult& b,
                  Accuracy& accuracy) {
  if (!is_known(a) || !is_known(b)) return;
  if (a.reference.is_failure() && b.reference.is_failure()) return;
  const PointResult& faster = paper_time(a) <= paper_time(b) ? a : b;
  const PointResult& slower = &faster == &a ? b : a;
  if (paper_time(slower) <= kClearlySlower * paper_time(faster)) return;
  ++accuracy.order_pairs;
  if (simulated_time(faster) < simulated_time(slower)) return;
  const ReferenceFigure& reference = *figure.reference;
  accuracy.order_mismatches.push_back({reference.name, reference.x[a.x].text,
                                       reference.series[faster.series].name,
                                       reference.series[slower.series].name});
}

void compare_order(const FigureResult& figure, Accuracy& accuracy) {
  const ReferenceFigure& reference = *figure.reference;
  if (!compares_systems(reference.name)) return;
  for (size_t x = 0; x < reference.x.size(); ++x)
    for (size_t i = 0; i < reference.series.size(); ++i)
      for (size_t j = i + 1; j < reference.series.size(); ++j)
        compare_pair(figure, figure.at(i, x), figure.at(j, x), accuracy);
}

void compare_failures(const FigureResult& figure, Accuracy& accuracy) {
  for (const PointResult& point : figure.points) {
    if (!is_known(point)) continue;
    const bool expected = point.reference.is_failure();
    if (expected) ++accuracy.failures_expected;
    if (expected && point.fails) ++accuracy.failures_matched;
    if (expected == point.fails) continue;
    accuracy.failure_mismatches.push_back({figure.reference->name,
                                           figure.reference->series[point.series].name,
                                           figure.reference->x[point.x].text, point.fails});
  }
}

}  // namespace

bool compares_systems(std::string_view figure) {
  return std::find(std::begin(kComparisons), std::end(kComparisons), figure) !=
         std::end(kComparisons);
}

ErrorSummary summarise_errors(std::vector<double> errors) {
  ErrorSummary summary{errors.size(), std::nullopt, std::nullopt};
  if (errors.empty()) return summary;
  std::sort(errors.begin(), errors.end());
  const size_t middle = errors.size() / 2;
  const double median =
      errors.size() % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2;
  if (std::isfinite(median)) summary.median = median;
  const auto within = std::upper_bound(errors.begin(), errors.end(), kWithin) - errors.begin();
  summary.within_30 = static_cast<double>(within) / static_cast<double>(errors.size());
  return summary;
}

ErrorSummary figure_errors(const FigureResult& figure) {
  return summarise_errors(errors_of(figure));
}

Accuracy measure_accuracy(const std::vector<FigureResult>& figures) {
  Accuracy accuracy;
  std::vector<double> all;
  std::vector<std::pair<std::string, std::vector<double>>> by_system;
  std::vector<double> outside;
  for (const FigureResult& figure : figures) {
    if (figure.reference->is_outside) {
      const std::vector<double> errors = errors_of(figure);
      outside.insert(outside.end(), errors.begin(), errors.end());
      continue;
    }
    accuracy.points += figure.points.size();
    for (const PointResult& point : figure.points) {
      const std::optional<double> error = point.relative_error();
      if (!error) continue;
      all.push_back(*error);
      auto found = std::find_if(by_system.begin(), by_system.end(),
                                [&](const auto& entry) { return entry.first == point.system; });
      if (found == by_system.end()) found = by_system.insert(found, {point.system, {}});
      found->second.push_back(*error);
    }
    compare_order(figure, accuracy);
    compare_failures(figure, accuracy);
  }
  accuracy.all = summarise_errors(std::move(all));
  accuracy.outside = summarise_errors(std::move(outside));
  for (auto& [system, errors] : by_system)
    accuracy.by_system.emplace_back(system, summarise_errors(std::move(errors)));
  return accuracy;
}

}  // namespace wukong::reproduction

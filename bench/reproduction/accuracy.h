// How near a reproduction comes to the papers: errors over all points with a number of the paper,
// who is faster, and failures.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/reproduction/reproduction.h"

namespace wukong::reproduction {

// Of relative errors. A point that fails where the paper has a number is infinitely wrong.
struct ErrorSummary {
  size_t points = 0;
  std::optional<double> median;     // none: no points, or infinite
  std::optional<double> within_30;  // the share of points with at most 30 %; none: no points
};
ErrorSummary summarise_errors(std::vector<double> errors);
ErrorSummary figure_errors(const FigureResult& figure);

// Whether the figure is one of those that compare systems by their time: figures 9 to 14.
bool compares_systems(std::string_view figure);

// Two systems at one x whose order is the other way round here.
struct OrderMismatch {
  std::string figure;
  std::string x;
  std::string faster;  // in the paper
  std::string slower;
};

// A point that fails in only one of paper and simulation.
struct FailureMismatch {
  std::string figure;
  std::string series;
  std::string x;
  bool fails_here = false;
};

struct Accuracy {
  size_t points = 0;
  ErrorSummary all;
  ErrorSummary outside;  // of figures of other work, which count nowhere else
  std::vector<std::pair<std::string, ErrorSummary>> by_system;  // in order of appearance
  // Pairs of series at one x in the figures that compare systems, where the paper's values differ
  // by more than 15 %, or one of them fails.
  size_t order_pairs = 0;
  std::vector<OrderMismatch> order_mismatches;
  size_t failures_expected = 0;  // points that fail in the paper
  size_t failures_matched = 0;   // of those, points that fail here
  std::vector<FailureMismatch> failure_mismatches;
};

Accuracy measure_accuracy(const std::vector<FigureResult>& figures);

}  // namespace wukong::reproduction

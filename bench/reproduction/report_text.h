// A reproduction in words: the texts that the page and the terminal share, and the summary on the
// terminal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/reproduction/accuracy.h"
#include "bench/reproduction/headline.h"
#include "bench/reproduction/reproduction.h"

namespace wukong::bench {

// "12.3 %" of a fraction; "-" for none, "infinite" for what fails.
std::string percent_text(const std::optional<double>& fraction);
// With its unit: "68.2x", "93.0 %", "88.2 s".
std::string value_text(double value, const std::string& unit);

std::string simulated_text(const PointResult& point);     // or "fails"
std::string spread_text(const PointResult& point);        // "11.9 .. 12.8"
std::string paper_text(const ReferenceValue& reference);  // or "fails", "below axis", "-"
// "wukong at 4.1M: 3 of 10 replicates fail: ..."
std::string failure_line(const FigureResult& figure, const PointResult& point);
// Relative to the paper; none if the paper does not say.
std::optional<double> headline_error(const Headline& headline);
// Orders and failures that are not as in the papers, one sentence each.
std::vector<std::string> mismatch_lines(const Accuracy& accuracy);

// For a terminal.
std::string report_reproduction(const std::vector<FigureResult>& figures,
                                const std::vector<Headline>& headlines, const Accuracy& accuracy);

}  // namespace wukong::bench

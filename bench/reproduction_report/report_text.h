// A reproduction in words: the texts that the page and the terminal share, and the summary on the
// terminal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/reproduction/accuracy.h"
#include "bench/reproduction/headline.h"
#include "bench/reproduction/interval.h"
#include "bench/reproduction/reproduction.h"

namespace wukong::reproduction_report {

// "12.3 %" of a fraction; "-" for none, "infinite" for what fails.
std::string percent_text(const std::optional<double>& fraction);
// With its unit: "68.2x", "93.0 %", "88.2 s".
std::string value_text(double value, const std::string& unit);

std::string simulated_text(const reproduction::PointResult& point);  // or "fails"
std::string spread_text(const reproduction::PointResult& point);     // "11.9 .. 12.8"
// "31.0 .. 75.0", with how many runs fail; "fails" if all do.
std::string interval_text(const std::optional<reproduction::Interval>& interval);
std::string paper_text(
    const reproduction::ReferenceValue& reference);  // or "fails", "below axis", "-"
// "wukong at 4.1M: 3 of 10 replicates fail: ..."
std::string failure_line(const reproduction::FigureResult& figure,
                         const reproduction::PointResult& point);
// Relative to the paper; none if the paper does not say.
std::optional<double> headline_error(const reproduction::Headline& headline);
// Orders and failures that are not as in the papers, one sentence each.
std::vector<std::string> mismatch_lines(const reproduction::Accuracy& accuracy);

// For a terminal.
std::string report_reproduction(const std::vector<reproduction::FigureResult>& figures,
                                const std::vector<reproduction::Headline>& headlines,
                                const reproduction::Accuracy& accuracy,
                                const reproduction::Intervals* intervals = nullptr);

}  // namespace wukong::reproduction_report

// The part of docs/fidelity.md that a program can write: how far simulation and papers are apart,
// as tables in Markdown between two markers. What explains the differences stands around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/reproduction/accuracy.h"
#include "bench/reproduction/reproduction.h"

namespace wukong::reproduction_report {

inline constexpr std::string_view kFidelityBegin = "<!-- wukong reproduce --fidelity: begin -->";
inline constexpr std::string_view kFidelityEnd = "<!-- wukong reproduce --fidelity: end -->";

// Errors by figure and by system, points that differ by more than 25 %, orders and failures that
// are not as in the papers. Has no markers; ends with a newline.
std::string fidelity_tables(const std::vector<reproduction::FigureResult>& figures,
                            const reproduction::Accuracy& accuracy, size_t replicates);

// `document` with `tables` instead of what stands between its markers. Throws Error naming `file`
// if it has not each marker once, each on a line, begin before end.
std::string with_fidelity_tables(const std::string& document, const std::string& file,
                                 const std::string& tables);

}  // namespace wukong::reproduction_report

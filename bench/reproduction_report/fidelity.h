// The part of docs/fidelity.md that a program can write: how far simulation and papers are apart,
// as tables in Markdown, for the block of that name (bench/files/marked_block.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/reproduction/accuracy.h"
#include "bench/reproduction/headline.h"
#include "bench/reproduction/interval.h"
#include "bench/reproduction/reproduction.h"

namespace wukong::reproduction_report {

inline constexpr std::string_view kFidelityBlock = "wukong reproduce --fidelity";

// Headlines, with their intervals if there are any, errors by figure and by system, points that
// differ by more than 25 %, orders and failures that are not as in the papers. Has no markers; ends
// with a newline.
std::string fidelity_tables(const std::vector<reproduction::FigureResult>& figures,
                            const reproduction::Accuracy& accuracy, size_t replicates,
                            const std::vector<reproduction::Headline>& headlines = {},
                            const reproduction::Intervals* intervals = nullptr);

}  // namespace wukong::reproduction_report

// The results of a reproduction for programs: the document of schema "wukong.reproduction/1".
// Figures, series and x stand there as they do in figures.json. It holds no time of day, so equal
// reproductions give equal bytes.
#pragma once

#include <string>
#include <vector>

#include "bench/reproduction/accuracy.h"
#include "bench/reproduction/headline.h"
#include "bench/reproduction/interval.h"
#include "bench/reproduction/reproduction.h"

namespace wukong::reproduction_report {

std::string reproduction_document(const std::vector<reproduction::FigureResult>& figures,
                                  const std::vector<reproduction::Headline>& headlines,
                                  const reproduction::Accuracy& accuracy, size_t replicates,
                                  const reproduction::Intervals* intervals = nullptr);

}  // namespace wukong::reproduction_report

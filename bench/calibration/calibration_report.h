// A calibration in words, for a terminal, and as a document.
#pragma once

#include <string>
#include <vector>

#include "bench/calibration/calibration.h"

namespace wukong::calibration {

// For each stage a table of its parameters, then how near its points come.
std::string report_calibration(const std::vector<StageResult>& results);

// Schema "wukong.calibration/1"; ends with a newline.
std::string calibration_document(const std::vector<StageResult>& results, size_t replicates);

}  // namespace wukong::calibration

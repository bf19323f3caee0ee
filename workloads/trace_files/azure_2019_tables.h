// The three files of an Azure 2019 day, read into tables.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "workloads/trace_files/azure_2019.h"
#include "workloads/trace_files/function_names.h"
#include "workloads/trace_files/minute_counts.h"

namespace wukong::trace_files {

constexpr std::array kDurationPercentiles = {0, 1, 25, 50, 75, 99, 100};

struct DurationPercentiles {
  Duration average;
  std::array<Duration, kDurationPercentiles.size()> knots;  // none below the one before

  // Linear between the knots. REQUIRES: 0 <= probability < 1.
  Duration quantile(double probability) const;
};

struct Azure2019Tables {
  FunctionNames names;
  MinuteCounts counts;
  int minutes = 0;                                            // how many the file has
  std::vector<std::optional<DurationPercentiles>> durations;  // by function
  std::vector<std::string> oddities;
};

// Functions without a row in the second file have no durations.
Azure2019Tables read_azure_2019(const Azure2019Files& files, traces::MemoryShare memory_share);

}  // namespace wukong::trace_files

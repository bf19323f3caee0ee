// A reproduction's intervals: every figure with every member of an ensemble, each with a seed of
// its own.
#pragma once

#include <vector>

#include "bench/reproduction/headline.h"
#include "bench/reproduction/interval.h"
#include "bench/reproduction/reproduction.h"
#include "bench/trust/ensemble.h"

namespace wukong::trust {

// Of the figures and the headlines that `options` would reproduce; its replicates are not used.
reproduction::Intervals measure_intervals(const reproduction::ReproductionLibrary& library,
                                          const Ensemble& ensemble,
                                          const experiment::Catalog& catalog,
                                          const calibration::PresetEdition& presets,
                                          const reproduction::ReproductionOptions& options,
                                          const reproduction::ProgressListener& listener);

}  // namespace wukong::trust

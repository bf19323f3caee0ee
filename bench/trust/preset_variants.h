// Figures under many editions of the presets.
#pragma once

#include <vector>

#include "bench/calibration/preset_edition.h"
#include "bench/reproduction/reproduction.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::trust {

struct PresetVariant {
  calibration::PresetEdition presets;
  uint64_t seed_shift = 0;
};

// What reproduce() gives with each of them. The library must outlive the results.
std::vector<std::vector<reproduction::FigureResult>> reproduce_editions(
    const reproduction::ReproductionLibrary& library, const std::vector<PresetVariant>& variants,
    const experiment::Catalog& catalog, const reproduction::ReproductionOptions& options,
    const reproduction::ProgressListener& listener);

}  // namespace wukong::trust

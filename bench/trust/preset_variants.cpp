#include "bench/trust/preset_variants.h"

#include <deque>

#include "bench/experiment/catalog.h"

namespace wukong::trust {

std::vector<std::vector<reproduction::FigureResult>> reproduce_editions(
    const reproduction::ReproductionLibrary& library, const std::vector<PresetVariant>& variants,
    const experiment::Catalog& catalog, const reproduction::ReproductionOptions& options,
    const reproduction::ProgressListener& listener) {
  // Where they stay while catalogs point at them.
  std::deque<std::vector<parameters::Preset>> presets;
  std::deque<experiment::Catalog> catalogs;
  std::vector<reproduction::ReproductionVariant> planned;
  for (const PresetVariant& variant : variants) {
    presets.push_back(variant.presets.presets());
    catalogs.push_back(
        {parameters::PresetLibrary(presets.back()), catalog.workloads, catalog.policies});
    planned.push_back({&catalogs.back(), variant.seed_shift});
  }
  return reproduction::reproduce_variants(library, planned, options, listener);
}

}  // namespace wukong::trust

// Runs every point of the chosen figures and puts the results beside the paper's values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/reproduction/campaign.h"
#include "bench/reproduction/figure_setup.h"
#include "bench/reproduction/library.h"
#include "bench/result/summary.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::reproduction {

// A point of a figure; series and x are indices into the reference's.
struct PointResult {
  size_t series;
  size_t x;
  const result::Metric* metric;
  std::string system;  // as accuracy is reported
  ReferenceValue reference;
  std::vector<run::RunResult> runs;  // by replicate
  result::Summary simulated;         // of the replicates that completed
  size_t failed = 0;                 // replicates
  bool fails = false;                // most replicates did

  // Why the first replicate that failed did so; empty if none did.
  std::string failure() const;
  // |simulated - paper| / paper; infinite if the point fails; none without a number of the paper.
  std::optional<double> relative_error() const;
};

struct FigureResult {
  const ReferenceFigure* reference;
  std::string note;
  PlotStyle plot;
  std::vector<PointResult> points;  // every x of the first series, then of the next one

  const PointResult& at(size_t series, size_t x) const;
};

struct ReproductionOptions {
  std::vector<std::string> figures;  // none: all that are described
  size_t replicates = 10;
  unsigned threads = 0;               // none: one for each core
  std::vector<std::string> settings;  // --set
};

// In the order of figures.json. The library must outlive the results.
std::vector<FigureResult> reproduce(const ReproductionLibrary& library,
                                    const experiment::Catalog& catalog,
                                    const ReproductionOptions& options,
                                    const ProgressListener& listener);

// The figures with other presets.
struct ReproductionVariant {
  const experiment::Catalog* catalog;
  uint64_t seed_shift = 0;  // is added to every seed
};
// For each variant what reproduce() gives. All run together, so that what two variants have in
// common runs once.
std::vector<std::vector<FigureResult>> reproduce_variants(
    const ReproductionLibrary& library, const std::vector<ReproductionVariant>& variants,
    const ReproductionOptions& options, const ProgressListener& listener);

}  // namespace wukong::reproduction

// How often an experiment runs its systems, with which seeds and for how long.
#pragma once

#include <cstdint>

#include "bench/run/horizon.h"
#include "sim/base/fields.h"
#include "sim/base/time.h"

namespace wukong::experiment {

// The experiment may leave each of them out.
struct RunParameters {
  int64_t replicates = 1;
  int64_t seed = 1;
  Duration horizon = run::kDefaultHorizon;

  void visit(FieldVisitor& v) {
    constexpr Bounds kReplicates{1, 1e6};
    constexpr Bounds kSeed{0, 9007199254740992};
    constexpr Bounds kHorizon{1, 1e9};  // a second to 31 years
    v.about("Runs of each system, with the seeds seed, seed + 1, ...")
        .field("replicates", replicates, kReplicates);
    v.about("The first replicate's seed").field("seed", seed, kSeed);
    v.about("Simulated time after which a run has failed").duration("horizon_s", horizon, kHorizon);
  }
};

}  // namespace wukong::experiment

#include "bench/run/job_load.h"

#include "sim/base/hash.h"

namespace wukong::run {

uint64_t seed_of_job(uint64_t seed, uint64_t number) {
  constexpr uint64_t kSeeds = uint64_t{1} << 53;  // that a flag and a JSON number can say
  return mix64(mix64(seed + 1) + number) % kSeeds;
}

}  // namespace wukong::run

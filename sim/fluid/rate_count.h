// How often rates have become other ones, in all pools of this thread since it started: the work
// that no exact solver can avoid, for a test or a benchmark to compare with. Activities that always
// have the same rate, since they use the same resources and have the same cap, count as one.
#pragma once

#include <cstdint>

namespace wukong::fluid {

uint64_t rates_changed();

}  // namespace wukong::fluid

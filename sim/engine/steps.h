// How many steps inner loops have taken, by this thread since it started: a measure of work that is
// the same for the same run on every machine, so a test can say how work grows without a clock. A
// loop that may be long counts itself, by its length and not by each step.
#pragma once

#include <cstdint>

namespace wukong::engine {

namespace steps_detail {
inline thread_local uint64_t taken = 0;
}  // namespace steps_detail

inline void count_steps(uint64_t steps) { steps_detail::taken += steps; }
inline uint64_t steps_taken() { return steps_detail::taken; }

}  // namespace wukong::engine

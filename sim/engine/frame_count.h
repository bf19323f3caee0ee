// How much work coroutines have been: frames that this thread has taken from its pool since it
// started, one for each call of a coroutine. The same for the same run, so a test can compare what
// runs of two sizes take without a clock.
#pragma once

#include <cstdint>

namespace wukong::engine {

uint64_t frames_taken();

}  // namespace wukong::engine

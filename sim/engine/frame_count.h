// How much work coroutines have been: frames that this thread has taken from its pool since it
// started, one for each call of a coroutine. The same for the same run, so a test can compare what
// runs of two sizes take without a clock.
#pragma once

#include <cstdint>

namespace wukong::engine {

uint64_t frames_taken();

// Frames that were taken and not given back; the most of them at a time since the last call of
// forget_most_frames(). Of what this thread has done alone.
int64_t frames_alive();
int64_t most_frames_alive();
void forget_most_frames();

}  // namespace wukong::engine

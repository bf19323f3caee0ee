// A loop whose rounds are independent of each other, on several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace wukong::simulation {

// Calls body(0), body(1), ..., body(count - 1), in any order, at most `threads` at a time; 0: one
// for each core. Of what they throw, that of the lowest number is thrown; after a throw, rounds
// that have not begun may be left out, but none before the one that threw.
void parallel_for(size_t count, unsigned threads, const std::function<void(size_t)>& body);

}  // namespace wukong::simulation

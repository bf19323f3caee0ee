// How long a rank waits when there was nothing to do: not at all noticeable at first, and twice as
// long each time, so that an idle rank takes no processor from the others.
#pragma once

#include <algorithm>
#include <chrono>

namespace wukong::mpi {

class Nap {
 public:
  std::chrono::microseconds next() { return length_ = std::min(length_ * 2, kLongest); }
  void reset() { length_ = kShortest; }

 private:
  static constexpr std::chrono::microseconds kShortest{20};
  static constexpr std::chrono::microseconds kLongest{2000};
  std::chrono::microseconds length_ = kShortest;
};

}  // namespace wukong::mpi

// The next idle time of a function, from its last ones: the autoregression of first order, x' = a +
// b x, that fits them best. ATC'20 lets a library choose an ARIMA model; this is the smallest of
// them, ARIMA(1, 0, 0), by least squares.
#pragma once

#include <array>
#include <cstddef>

#include "sim/base/time.h"

namespace wukong::keep_alive {

class IdleForecast {
 public:
  void add(Duration idle_time);
  // REQUIRES: something was added. Between the shortest and the longest of the last ones.
  Duration next() const;

 private:
  static constexpr size_t kRemembered = 16;

  double at(size_t age) const { return last_s_[(count_ - 1 - age) % kRemembered]; }

  std::array<double, kRemembered> last_s_{};
  size_t count_ = 0;
};

}  // namespace wukong::keep_alive

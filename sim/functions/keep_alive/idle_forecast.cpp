#include "sim/functions/keep_alive/idle_forecast.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::keep_alive {

void IdleForecast::add(Duration idle_time) {
  last_s_[count_++ % kRemembered] = idle_time.to_seconds();
}

Duration IdleForecast::next() const {
  ENSURE(count_ > 0);
  const size_t known = std::min(count_, kRemembered);
  const auto pairs = static_cast<double>(known - 1);
  double x = 0;
  double y = 0;
  double xx = 0;
  double xy = 0;
  double least = at(0);
  double most = at(0);
  for (size_t age = 0; age < known; ++age) {
    least = std::min(least, at(age));
    most = std::max(most, at(age));
    if (age + 1 == known) break;
    x += at(age + 1);
    y += at(age);
    xx += at(age + 1) * at(age + 1);
    xy += at(age + 1) * at(age);
  }
  if (known == 1) return Duration::from_seconds(at(0));
  const double spread = xx - x * x / pairs;
  // With two pairs any line fits; and what does not vary has no slope.
  const bool fits = known > 3 && spread > 1e-9 * xx;
  const double slope = fits ? (xy - x * y / pairs) / spread : 0;
  const double mean = fits ? y / pairs : (x + at(0)) / static_cast<double>(known);
  const double next = mean + slope * (at(0) - x / pairs);
  return Duration::from_seconds(std::clamp(next, least, most));
}

}  // namespace wukong::keep_alive

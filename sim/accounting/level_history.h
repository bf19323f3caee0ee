// How a level (functions that run, memory that is held) went over time, in bounded memory: its
// integral, exactly, and its mean in each of at most 256 equal parts of the time so far. When the
// parts are used up, two become one; so a part is between 1/256 and 1/128 of the run.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/arithmetic.h"
#include "sim/base/time.h"

namespace wukong::accounting {

class LevelHistory {
 public:
  static constexpr size_t kMostParts = 256;

  int64_t level() const { return level_; }
  int64_t peak() const { return peak_; }
  // Not before the last change.
  void change(Time now, int64_t more) {
    pass_to(now);
    level_ += more;
    if (level_ > peak_) peak_ = level_;
  }

  // The level's integral until then, in level x ns; not before the last change.
  Int128 integral(Time now) const { return integral_ + Int128(level_) * (now - since_).count_ns(); }
  // How long a part is, and the mean of each that has begun; the last one's until `now`.
  Duration part() const { return part_; }
  std::vector<double> means(Time now) const;

 private:
  void pass_to(Time now) {
    if (now == since_) return;
    integral_ += Int128(level_) * (now - since_).count_ns();
    if (now >= part_end_) [[unlikely]]
      end_parts(now);
    since_ = now;
  }
  void end_parts(Time now);
  void halve();

  int64_t level_ = 0;
  int64_t peak_ = 0;
  Time since_;  // the last change
  Int128 integral_ = 0;
  Duration part_ = Duration::milliseconds(1);
  Time part_end_ = Time::zero() + Duration::milliseconds(1);
  Int128 at_part_begin_ = 0;   // the integral then
  std::vector<Int128> parts_;  // the integral of each that is over
};

}  // namespace wukong::accounting

#include "sim/accounting/level_history.h"

namespace wukong::accounting {

// The level has been the same since `since_`; integral_ is that of `now`.
void LevelHistory::end_parts(Time now) {
  while (part_end_ <= now) {
    const Int128 at_end = integral_ - Int128(level_) * (now - part_end_).count_ns();
    parts_.push_back(at_end - at_part_begin_);
    at_part_begin_ = at_end;
    if (parts_.size() == kMostParts) halve();
    part_end_ = part_end_ + part_;
  }
}

void LevelHistory::halve() {
  for (size_t i = 0; i < kMostParts / 2; ++i) parts_[i] = parts_[2 * i] + parts_[2 * i + 1];
  parts_.resize(kMostParts / 2);
  part_ = part_ * 2;
}

std::vector<double> LevelHistory::means(Time now) const {
  LevelHistory ended = *this;
  ended.pass_to(now);
  const auto mean = [](Int128 integral, Duration time) {
    return static_cast<double>(integral) / static_cast<double>(time.count_ns());
  };
  std::vector<double> means;
  for (const Int128 part : ended.parts_) means.push_back(mean(part, ended.part_));
  const Duration begun = now - (ended.part_end_ - ended.part_);
  if (begun > Duration::zero())
    means.push_back(mean(ended.integral_ - ended.at_part_begin_, begun));
  return means;
}

}  // namespace wukong::accounting

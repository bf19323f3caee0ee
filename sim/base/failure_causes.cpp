#include "sim/base/failure_causes.h"

#include "sim/base/check.h"

namespace wukong {

void FailureCauses::add(const std::string& cause) {
  if (count_ == 0) first_ = cause;
  if (cause == first_) ++like_first_;
  last_in_a_row_ = count_ > 0 && cause == last_ ? last_in_a_row_ + 1 : 1;
  last_ = cause;
  ++count_;
}

std::string FailureCauses::text() const {
  ENSURE(count_ > 0);
  if (count_ == 1) return first_;
  if (first_ == last_)
    return like_first_ == count_ ? first_ + " (" + times(count_) + ")"
                                 : "first and last " + first_ + " (" + times(like_first_) + " of " +
                                       std::to_string(count_) + ")";
  return "first " + first_ + " (" + times(like_first_) + "), at last " + last_ + " (" +
         times(last_in_a_row_) + ")";
}

std::string times(uint64_t count) {
  if (count == 1) return "once";
  if (count == 2) return "twice";
  return std::to_string(count) + " times";
}

}  // namespace wukong

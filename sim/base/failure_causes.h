// Why something failed, tried again and again: the first cause and the last, each with a count. The
// first is mostly what went wrong, the last what it came to; either alone misleads.
#pragma once

#include <cstdint>
#include <string>

namespace wukong {

class FailureCauses {
 public:
  // A clause without a full stop, such as "it crashed".
  void add(const std::string& cause);

  uint64_t count() const { return count_; }
  const std::string& first() const { return first_; }
  const std::string& last() const { return last_; }

  // "it crashed", "it crashed (3 times)", or "first it crashed (once), at last its handler failed
  // (twice)". The count of the first is of all failures, that of the last of those in a row that
  // ended with it. REQUIRES: count() > 0.
  std::string text() const;

 private:
  std::string first_;
  std::string last_;
  uint64_t count_ = 0;
  uint64_t like_first_ = 0;
  uint64_t last_in_a_row_ = 0;
};

// "once", "twice", "3 times".
std::string times(uint64_t count);

}  // namespace wukong

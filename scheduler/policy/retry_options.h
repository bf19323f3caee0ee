// The parameters of a client's retries.
#pragma once

#include <cstdint>
#include <limits>

#include "sim/base/time.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::scheduler {

struct RetryOptions {
  static constexpr int64_t kWithoutEnd = std::numeric_limits<int64_t>::max();

  int64_t tries = 1;  // in all, the first included; in presets, none: without end
  Duration base;      // before the second try
  Duration longest;

  void visit(FieldVisitor& v);
  // The same waits, but without a last try: for a service that runs as long as it is needed.
  RetryOptions without_end() const {
    RetryOptions endless = *this;
    endless.tries = kWithoutEnd;
    return endless;
  }
};

}  // namespace wukong::scheduler

// The oracle's own arithmetic of prices, times and tokens: what the models do by other code
// (sim/base), done once more and as directly as possible. Whole numbers; what the oracle is given
// fits, as the models have refused what does not.
#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/base/bytes.h"
#include "sim/base/time.h"
#include "sim/storage/storage_spec.h"

namespace wukong::oracle {

using Wide = __int128;

constexpr int64_t kSecond_ns = 1'000'000'000;

constexpr int64_t divided_up(Wide amount, Wide by) {
  return static_cast<int64_t>((amount + by - 1) / by);
}

// In 1e-12 USD: a price per `unit`, for so much.
constexpr int64_t price_of(int64_t price, Wide quantity, Wide unit) {
  return divided_up(quantity * price, unit);
}

// In ns: so much at a rate per second.
constexpr int64_t time_of(int64_t amount, int64_t per_second) {
  return divided_up(Wide{amount} * kSecond_ns, per_second);
}

// Of a client in Python, by itself: the interpreter's for a request, and all copies of a value.
inline Duration client_time(const storage::PythonClient& client, Bytes value) {
  const int64_t rate = client.copying.count();
  const bool copies = rate < Bandwidth::unlimited().count();
  return client.request_time + Duration::nanoseconds(copies ? time_of(value.count(), rate) : 0);
}

// Tokens that come evenly, `refill` of them per period, up to `most`; all are there at first. One
// is counted as `period` parts, so that each ns adds a whole number of them.
class Tokens {
 public:
  Tokens(int64_t most, int64_t refill, int64_t period_ns, int64_t now_ns)
      : one_(period_ns),
        refill_(refill),
        most_(Wide{most} * period_ns),
        parts_(most_),
        at_(now_ns) {}

  // One, if one is there.
  bool take(int64_t now_ns) {
    parts_ = std::min(most_, parts_ + Wide{now_ns - at_} * refill_);
    at_ = now_ns;
    if (parts_ < one_) return false;
    parts_ -= one_;
    return true;
  }

 private:
  Wide one_;
  Wide refill_;
  Wide most_;
  Wide parts_;
  int64_t at_;
};

}  // namespace wukong::oracle

#include "sim/base/arithmetic.h"

#include <cmath>
#include <limits>

#include "sim/base/bytes.h"
#include "sim/base/error.h"
#include "sim/base/money.h"
#include "sim/base/time.h"
#include "test/catch.h"

namespace wukong {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST_CASE("a quantity that a double cannot give is refused, and not any number", "[arithmetic]") {
  for (const double value : {std::nan(""), kInfinity, -kInfinity, 1e300, -1e300, 9.3e18}) {
    CHECK_THROWS_AS(Duration::from_seconds(value), LimitError);
    CHECK_THROWS_AS(Bytes::whole(value), LimitError);
    CHECK_THROWS_AS(Money::from_usd(value), LimitError);
  }
  CHECK_THROWS_AS(scaled(Duration::seconds(1'000'000'000), 10), LimitError);
  CHECK_THROWS_AS(Bandwidth::whole(std::nan("")), LimitError);
  CHECK(Bandwidth::whole(1e300) == Bandwidth::unlimited());
}

TEST_CASE("sums, differences and products that do not fit are refused", "[arithmetic]") {
  const Duration long_time = Duration::max();
  CHECK_THROWS_AS(long_time + Duration::nanoseconds(1), LimitError);
  CHECK_THROWS_AS(Duration::nanoseconds(-2) - long_time, LimitError);
  CHECK_THROWS_AS(long_time * 2, LimitError);
  CHECK_THROWS_AS(Duration::seconds(10'000'000'000), LimitError);
  CHECK_THROWS_AS(Time::max() + Duration::nanoseconds(1), LimitError);
  CHECK_THROWS_AS(Bytes::max() + Bytes(1), LimitError);
  CHECK_THROWS_AS(Bytes::gibi(1) * (int64_t{1} << 40), LimitError);
  const Money most = Money::pico_usd(std::numeric_limits<int64_t>::max());
  CHECK_THROWS_AS(most + Money::pico_usd(1), LimitError);
  CHECK_THROWS_AS(charge(Money::pico_usd(2), Int128{1} << 63, 1), LimitError);
  CHECK_THROWS_AS(transfer_time(Bytes::max(), Bandwidth::bytes_per_second(1)), LimitError);
  CHECK_THROWS_AS(amount_in(Duration::max(), Bandwidth::unlimited()), LimitError);
}

TEST_CASE("the last quantities that fit are counted exactly", "[arithmetic]") {
  CHECK(Duration::max() - Duration::nanoseconds(1) + Duration::nanoseconds(1) == Duration::max());
  CHECK(Bytes::max() + Bytes(0) == Bytes::max());
  CHECK(Duration::from_seconds(9.2e9).count_ns() == 9'200'000'000'000'000'000);
  // 3 + ceil(3 * 5 / 7), with a price of 3 for 7 and a quantity of 12
  CHECK(charge(Money::pico_usd(3), 12, 7) == Money::pico_usd(6));
}

}  // namespace
}  // namespace wukong

#include "sim/base/money.h"

#include "test/catch.h"

namespace wukong {
namespace {

TEST_CASE("a price read from a file is the nearest unit of 1e-12 dollars") {
  CHECK(Money::from_usd(0.0000166667).count_pico_usd() == 16'666'700);
  CHECK(Money::from_usd(0.20e-6).count_pico_usd() == 200'000);
  CHECK(Money::from_usd(-1e-12).count_pico_usd() == -1);
  CHECK(Money::from_usd(3.5).to_usd() == 3.5);
}

TEST_CASE("a charge is rounded up to the next unit") {
  const Money price = Money::pico_usd(10);
  CHECK(charge(price, 1, 3) == Money::pico_usd(4));  // 10/3 = 3.33...
  CHECK(charge(price, 3, 3) == Money::pico_usd(10));
  CHECK(charge(price, 0, 3) == Money::pico_usd(0));
  CHECK(charge(Money::pico_usd(1), 1, 1'000'000) == Money::pico_usd(1));
}

TEST_CASE("a charge does not overflow where price times quantity exceeds 64 bits") {
  // 16,666,700 pUSD per GB s, for 900 s at 10 GiB, in byte nanoseconds.
  const Int128 quantity = static_cast<Int128>(10) * (1 << 30) * 900 * 1'000'000'000;
  const Int128 unit = static_cast<Int128>(1 << 30) * 1'000'000'000;
  CHECK(charge(Money::pico_usd(16'666'700), quantity, unit) ==
        Money::pico_usd(int64_t{16'666'700} * 9000));
}

TEST_CASE("an hourly price is charged by the nanosecond") {
  const Money price = Money::from_usd(3.6);
  CHECK(charge_hourly(price, Duration::seconds(1)) == Money::from_usd(0.001));
  CHECK(charge_hourly(price, Duration::nanoseconds(1)) == Money::pico_usd(1));
}

}  // namespace
}  // namespace wukong

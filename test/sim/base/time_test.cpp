#include "sim/base/time.h"

#include "test/catch.h"

namespace wukong {
namespace {

using namespace literals;

template <class A, class B>
concept Addable = requires(A a, B b) { a + b; };
static_assert(Addable<Time, Duration>);
static_assert(!Addable<Time, Time>, "adding two instants has no meaning");

TEST_CASE("durations of different units are the same integer nanoseconds") {
  CHECK(Duration::seconds(1) == 1000_ms);
  CHECK(1_ms == 1000_us);
  CHECK(1_us == 1000_ns);
  CHECK((2_s).count_ns() == 2'000'000'000);
}

TEST_CASE("seconds are rounded to the nearest nanosecond, away from zero at one half") {
  CHECK(Duration::from_seconds(1.4e-9) == 1_ns);
  CHECK(Duration::from_seconds(1.6e-9) == 2_ns);
  CHECK(Duration::from_seconds(-1.6e-9) == Duration::nanoseconds(-2));
  CHECK(Duration::from_seconds(0.1) == 100_ms);
}

TEST_CASE("a duration is divided into whole parts and a rest") {
  // 10 = 3 * 3 + 1
  CHECK(10_ms / 3_ms == 3);
  CHECK(10_ms % 3_ms == 1_ms);
  CHECK(scaled(10_ms, 1.5) == 15_ms);
}

TEST_CASE("instants move by durations and differ by durations") {
  Time time = Time::zero() + 5_s;
  time += 1_ms;
  CHECK(time.count_ns() == 5'001'000'000);
  CHECK(time - Time::at(5_s) == 1_ms);
  CHECK(time - 1_ms == Time::at(5_s));
  CHECK(Time::zero() < time);
  CHECK(time < Time::max());
}

}  // namespace
}  // namespace wukong

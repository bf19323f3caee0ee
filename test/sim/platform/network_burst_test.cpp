#include <optional>

#include "test/catch.h"
#include "test/sim/platform/network_test_bed.h"

namespace wukong::sim {
namespace {

using namespace literals;

TEST_CASE("a burst lasts until its bytes beyond the base rate are used up") {
  // Base 100, burst rate 500 B/s, allowance 1000 B: used up after 1000 / (500 - 100) = 2.5 s with
  // 1250 B through. 2000 B: 750 B more at 100 B/s: 10 s in all.
  NetworkTestBed f;
  const LinkId link = f.bucket(100, 1'000, 500);
  std::optional<Time> end;
  f.send(0_s, 2'000, over({link}), end);
  f.run();
  CHECK(*end == at(10_s));
  CHECK(f.network.carried(link) == Bytes(2'000));
}

TEST_CASE("use below the base rate costs no allowance, and partial use lasts longer") {
  // Base 100, burst rate 500, allowance 1000 B. A: 300 B at cap 50 from 0 s, below the base: no
  // draw. From 6 s B at cap 300, 2000 B: draws 200 a second for 5 s (1500 B), then 500 B at 100.
  NetworkTestBed f;
  const LinkId link = f.bucket(100, 1'000, 500);
  std::optional<Time> a, b;
  f.send(0_s, 300, over({link}), a, rate(50));
  f.send(6_s, 2'000, over({link}), b, rate(300));
  f.run();
  CHECK(*a == at(6_s));
  CHECK(*b == at(16_s));
}

TEST_CASE("an idle link refills at the base rate up to half of its burst") {
  // Base 100, burst rate 500, allowance 1000 B: the first 1250 B use it up at 2.5 s.
  // Idle for 3 s: 300 B again, which last 0.75 s (375 B); 425 B more at 100: 800 B take 5 s.
  NetworkTestBed f;
  const LinkId link = f.bucket(100, 1'000, 500);
  std::optional<Time> first, second, third;
  f.send(0_s, 1'250, over({link}), first);
  f.send(5500_ms, 800, over({link}), second);
  // Idle for long: 500 B, which last 1.25 s (625 B); 100 B more take 1 s.
  f.send(1000_s, 725, over({link}), third);
  f.run();
  CHECK(*first == at(2500_ms));
  CHECK(*second == at(10500_ms));
  CHECK(*third == at(1002250_ms));
}

TEST_CASE("flows that share a bursting link slow together when it is empty") {
  // Base 100, burst rate 500, allowance 1000 B: 250 B/s each for 2.5 s (625 B), then 50 B/s each:
  // 725 B take 2 s more.
  NetworkTestBed f;
  const LinkId link = f.bucket(100, 1'000, 500);
  const LinkId other = f.link(1'000'000);
  std::optional<Time> a, b;
  f.send(0_s, 725, over({link}), a);
  f.send(0_s, 725, over({link, other}), b);
  f.run();
  CHECK(*a == at(4500_ms));
  CHECK(*b == at(4500_ms));
}

}  // namespace
}  // namespace wukong::sim

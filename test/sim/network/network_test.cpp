#include "sim/network/network.h"

#include <optional>
#include <vector>

#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::network {
namespace {

using namespace wukong::literals;

// What moves over the network of a TestBed, whose messages have up to 1000 bytes.
struct Transfers {
  test::TestBed bed;
  std::vector<std::optional<Time>> ends;

  LinkId link(int64_t bytes_per_second) {
    LinkSpec spec;
    spec.rate = Bandwidth::bytes_per_second(bytes_per_second);
    return bed.network.add_link(spec);
  }
  void send(int64_t bytes, const Route& route, Bandwidth cap = Bandwidth::unlimited(),
            Time start = Time::zero()) {
    ends.emplace_back();
    bed.engine.spawn(transfer(Bytes(bytes), route, cap, start, ends.size() - 1), "a sender");
  }
  engine::Task<> transfer(Bytes bytes, Route route, Bandwidth cap, Time start, size_t number) {
    co_await bed.network.transfer(bytes, route, cap, start);
    ends[number] = bed.engine.now();
  }
  // Nanoseconds; REQUIRES: all arrive.
  std::vector<int64_t> run() {
    bed.engine.run();
    std::vector<int64_t> times;
    for (const auto& end : ends) times.push_back(end.value().count_ns());
    return times;
  }
};

constexpr int64_t kSecondNs = 1'000'000'000;

TEST_CASE("transfers share a link, and are as fast as the slowest link of their route") {
  // Links of 6 and 20 kB/s. On the first a local transfer and one over both, 3 kB/s each: 9 kB by
  // 3 s; the other 12 kB alone at 6 kB/s. The second's local one has 17 kB/s: 51 kB by 3 s.
  Transfers f;
  const LinkId narrow = f.link(6'000);
  const LinkId wide = f.link(20'000);
  f.send(9'000, Route().via(narrow));
  f.send(21'000, Route().via(narrow).via(wide));
  f.send(51'000, Route().via(wide));
  CHECK(f.run() == std::vector<int64_t>{3 * kSecondNs, 5 * kSecondNs, 3 * kSecondNs});
  CHECK(f.bed.network.carried(narrow) == Bytes(30'000));
  CHECK(f.bed.network.carried(wide) == Bytes(72'000));
}

TEST_CASE("a message takes the time of the slowest rate whatever else is going on") {
  // 1000 B are a message: 100 ms at 10 kB/s. The flow of 20 kB beside it takes 2 s, as if alone.
  Transfers f;
  const LinkId link = f.link(10'000);
  f.send(0, Route().via(link));
  f.send(1'000, Route().via(link));
  f.send(20'000, Route().via(link));
  CHECK(f.run() == std::vector<int64_t>{0, kSecondNs / 10, 2 * kSecondNs});
  CHECK(f.bed.network.carried(link) == Bytes(21'000));
}

TEST_CASE("one byte more than a message shares its link") {
  // Two of 1001 B at 10 kB/s: 200.2 ms together.
  Transfers f;
  const LinkId link = f.link(10'000);
  f.send(1'001, Route().via(link));
  f.send(1'001, Route().via(link));
  CHECK(f.run() == std::vector<int64_t>{200'200'000, 200'200'000});
}

TEST_CASE("a transfer begins after its latency, be it a message or not") {
  Transfers f;
  const LinkId link = f.link(10'000);
  f.send(1'000, Route().via(link), Bandwidth::unlimited(), Time::at(2_s));
  f.send(5'000, Route().via(link), Bandwidth::unlimited(), Time::at(2_s));
  CHECK(f.run() == std::vector<int64_t>{2'100'000'000, 2'500'000'000});
}

TEST_CASE("a transfer over no link runs at its cap") {
  Transfers f;
  f.send(5'000, Route().via(LinkId::none()), Bandwidth::bytes_per_second(1'000));
  CHECK(f.run() == std::vector<int64_t>{5 * kSecondNs});
}

TEST_CASE("a link with a burst is faster until its allowance is used up") {
  // Base 1000, burst rate 5000 B/s, allowance 10,000 B: used up after 10,000 / (5000 - 1000) = 2.5
  // s with 12,500 B through. 20,000 B: 7500 B more at 1000 B/s: 10 s in all.
  Transfers f;
  LinkSpec spec;
  spec.rate = Bandwidth::bytes_per_second(1'000);
  spec.burst = Bytes(10'000);
  spec.burst_rate = Bandwidth::bytes_per_second(5'000);
  const LinkId link = f.bed.network.add_link(spec);
  f.send(20'000, Route().via(link));
  CHECK(f.run() == std::vector<int64_t>{10 * kSecondNs});
}

TEST_CASE("a thread that copies is on the route, and crowded by all that it copies") {
  // The thread copies 12 kB/s for one and 12 / (1 + 1 / 1) = 6 kB/s for two, 3 kB/s each, however
  // fast their links are: 12 kB each take 4 s.
  Transfers f;
  const network::CopyingThread thread(f.bed.pool, Bandwidth::bytes_per_second(12'000),
                                      fluid::Crowding{.activities = 1});
  f.send(12'000, Route().via(f.link(1'000'000)).via(thread));
  f.send(12'000, Route().via(f.link(1'000'000)).via(thread));
  CHECK(f.run() == std::vector<int64_t>{4 * kSecondNs, 4 * kSecondNs});
}

TEST_CASE("a share of a copying thread's rate is left to a crowd of any size") {
  // (0.5 + 0.5 / (1 + (n - 1))) x 12 kB/s: 9 kB/s for two. A hundred have 6.06 kB/s between them.
  Transfers few;
  const fluid::Crowding crowding{.activities = 1, .least_share = 0.5};
  const network::CopyingThread thread(few.bed.pool, Bandwidth::bytes_per_second(12'000), crowding);
  few.send(9'000, Route().via(few.link(1'000'000)).via(thread));
  few.send(9'000, Route().via(few.link(1'000'000)).via(thread));
  CHECK(few.run() == std::vector<int64_t>{2 * kSecondNs, 2 * kSecondNs});

  CHECK(crowding.share(100) == Approx(0.505));
}

}  // namespace
}  // namespace wukong::network

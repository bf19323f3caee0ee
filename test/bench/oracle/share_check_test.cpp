// The oracle's own sharing, on records that a test makes up: what is right passes, and what is off
// is reported.
#include "bench/oracle/share_check.h"

#include "bench/max_min/max_min.h"
#include "test/catch.h"

namespace wukong::oracle {
namespace {

using fluid::Amount;
using fluid::FlowEnd;
using fluid::Rate;
using fluid::ResourceId;

Time at(double seconds) { return Time::at(Duration::from_seconds(seconds)); }

struct Made {
  invariants::BrokenInvariants broken;
  ShareCheck check{broken};

  void resource(uint32_t id, const fluid::ResourceSpec& spec) {
    check.on(Time(), ResourceAdded{ResourceId(id), spec});
  }
  void ask(double time, uint32_t flow, int64_t amount, std::vector<uint32_t> used,
           int64_t cap = Rate::unlimited().count(), bool unshared = false) {
    fluid::Demand demand{.amount = Amount(amount), .cap = Rate::per_second(cap)};
    for (const uint32_t id : used) demand.resources.add(ResourceId(id));
    demand.start = at(time);
    demand.unshared = unshared;
    check.on(at(time), FlowAsked{flow, 0, demand});
    if (!unshared) check.on(at(time), FlowBegan{flow});
  }
  void end(double time, uint32_t flow, FlowEnd end = FlowEnd::through) {
    check.on(at(time), FlowEnded{flow, end});
  }
  bool holds() const { return broken.sentences().empty(); }
};

const fluid::ResourceSpec kHundred{.rate = Rate::per_second(100)};

TEST_CASE("rates rise together until a resource or a cap stops them", "[oracle]") {
  // Link 0 (10) has A and B, link 1 (4) has B and C at most 1: C gets 1, B the other 3, A 7.
  size_t work = 0;
  const std::vector<double> rates =
      max_min::max_min_rates({{100, {0}}, {100, {0, 1}}, {1, {1}}}, {10, 4}, work);
  CHECK(rates == std::vector<double>{7, 3, 1});
  CHECK(work > 0);
}

TEST_CASE("who leaves early leaves its share to the others, and the oracle knows", "[oracle]") {
  // 50/s each until 1 s, then the second one alone: 100 + (200 - 50) / 100 s.
  for (const double end : {2.5, 2.6, 2.4}) {
    Made made;
    made.resource(0, kHundred);
    made.ask(0, 0, 200, {0});
    made.ask(0, 1, 200, {0});
    made.end(1, 0, FlowEnd::abandoned);
    made.end(end, 1);
    CHECK(made.holds() == (end == 2.5));
  }
}

TEST_CASE("a flow that is through and goes on is reported at the next instant", "[oracle]") {
  Made made;
  made.resource(0, kHundred);
  made.ask(0, 0, 200, {0});
  made.ask(3, 1, 100, {0});
  CHECK_FALSE(made.holds());
}

TEST_CASE("a burst, its end and its filling up are calculated", "[oracle]") {
  // Base 100, burst rate 500, allowance 1000: 1250 take 2.5 s and all of it. Idle for 3 s it has
  // 300 again, which last 0.75 s (375); 425 more take 4.25 s.
  for (const double off : {0.0, 0.25}) {
    Made made;
    made.resource(0, {.rate = Rate::per_second(100),
                      .burst = fluid::Burst{Amount(1000), Rate::per_second(500)}});
    made.ask(0, 0, 1250, {0});
    made.end(2.5, 0);
    made.ask(5.5, 1, 800, {0});
    made.end(10.5 - off, 1);
    CHECK(made.holds() == (off == 0));
  }
}

TEST_CASE("what crowds a resource slows it for all", "[oracle]") {
  // Two on 100 / (1 + 1 / 4) = 80: 40 each. If half of the rate is never lost: 50 + 50 / (1 + 1 /
  // 4).
  struct Crowd {
    double least_share;
    double end;
  };
  for (const auto& [least_share, right] : {Crowd{0, 2.5}, Crowd{0.5, 200.0 / 90}}) {
    for (const double end : {right, 2.0}) {
      Made made;
      made.resource(0, {.rate = Rate::per_second(100),
                        .crowding = fluid::Crowding{.activities = 4, .least_share = least_share}});
      made.ask(0, 0, 100, {0});
      made.ask(0, 1, 100, {0});
      made.end(end, 0);
      made.end(end, 1);
      CHECK(made.holds() == (end == right));
    }
  }
}

TEST_CASE("a cap and what shares nothing are calculated", "[oracle]") {
  for (const double off : {0.0, 0.5}) {
    Made capped;
    capped.resource(0, kHundred);
    capped.ask(0, 0, 100, {0}, 20);
    capped.end(5 - off, 0);
    CHECK(capped.holds() == (off == 0));
    Made alone;
    alone.resource(0, kHundred);
    alone.ask(0, 0, 1000, {0});
    alone.ask(1, 1, 10, {0}, Rate::unlimited().count(), true);
    alone.end(1.1 + off, 1);
    CHECK(alone.holds() == (off == 0));
  }
}

}  // namespace
}  // namespace wukong::oracle

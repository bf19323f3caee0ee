// Each keep-alive policy on traces that one plays by hand.
#include "sim/functions/keep_alive/policies.h"

#include "sim/base/error.h"
#include "test/sim/functions/keep_alive/pool_trace.h"

namespace wukong::keep_alive {
namespace {

using literals::operator""_s;
using literals::operator""_ms;
using test::PoolTrace;
using test::TraceInvocation;
using warm_pool::PoolEvent;

WarmPoolSpec spec_of(Eviction eviction) {
  WarmPoolSpec spec;
  spec.eviction = eviction;
  spec.keep_alive = 600_s;
  spec.halving_interval = 380_s;
  return spec;
}

// One function, in minutes.
std::vector<TraceInvocation> at_minutes(std::initializer_list<int> minutes) {
  std::vector<TraceInvocation> trace;
  for (const int minute : minutes) trace.push_back({60_s * minute});
  return trace;
}

// Functions by letter, one invocation a second.
std::vector<TraceInvocation> each_second(const std::string& functions) {
  std::vector<TraceInvocation> trace;
  for (size_t i = 0; i < functions.size(); ++i)
    trace.push_back({1_s * static_cast<int64_t>(i), static_cast<size_t>(functions[i] - 'a')});
  return trace;
}

TEST_CASE("with no keep-alive each start is cold, even at the instant of an end", "[keep_alive]") {
  PoolTrace trace(spec_of(Eviction::none), {{}}, {{0_s}, {0_s}, {5_s, 0, 1_s}, {6_s}, {6_s}});
  trace.play(10_s);
  CHECK(trace.was_cold == "ccccc");
  CHECK(trace.idle_s() == 0);
  CHECK(trace.pool(0).size() == 0);
}

TEST_CASE("with no keep-alive nothing is prewarmed either", "[keep_alive]") {
  PoolTrace trace(spec_of(Eviction::none), {{}}, {});
  CHECK(trace.pool(0).prewarm(3) == 0);
}

TEST_CASE("idle time is counted while environments wait, not while they work", "[keep_alive]") {
  // Idle from 100 to 300 s, and from 350 s for 600 s.
  PoolTrace trace(spec_of(Eviction::fixed), {{}}, {{0_s, 0, 100_s}, {300_s, 0, 50_s}});
  trace.play(2000_s);
  CHECK(trace.was_cold == "cw");
  CHECK(trace.idle_s() == Approx(200 + 600));
}

// Periods of 100 minutes: the histogram has one bin, of 100 to 101 minutes, from the second
// invocation on. It is unloaded at once, made again 0.9 x 100 min later, and kept until 1.1 x 101.
TEST_CASE("a periodic function is unloaded and made again just before it is needed",
          "[keep_alive]") {
  PoolTrace trace(spec_of(Eviction::hybrid_histogram), {{}}, at_minutes({0, 100, 200, 300}));
  trace.play(60_s * 1000);
  // After the first one nothing is known: it stays for the whole range of four hours.
  CHECK(trace.was_cold == "cwww");
  using enum PoolEvent;
  CHECK(trace.told == std::vector<test::Told>{{60_s * 100, 0, not_kept},
                                              {60_s * 190, 0, prewarmed},
                                              {60_s * 200, 0, not_kept},
                                              {60_s * 290, 0, prewarmed},
                                              {60_s * 300, 0, not_kept},
                                              {60_s * 390, 0, prewarmed},
                                              {6_s * (3000 + 1111), 0, time_over}});
  CHECK(trace.idle_s() / 60 == Approx(100 + 10 + 10 + 21.1));
}

TEST_CASE("an invocation before the prewarming is cold, and takes the prewarming back",
          "[keep_alive]") {
  // Idle for 100, 100, then 50 minutes: the head is now 50.
  PoolTrace trace(spec_of(Eviction::hybrid_histogram), {{}}, at_minutes({0, 100, 200, 250}));
  trace.play(60_s * 296);
  CHECK(trace.was_cold == "cwwc");
  CHECK(trace.told.back() == test::Told{60_s * 295, 0, PoolEvent::prewarmed});
}

// As above, but the last one runs for 50 minutes, past the 290th at which one was to be made.
TEST_CASE("nothing is made ahead beside an environment that works", "[keep_alive]") {
  std::vector<TraceInvocation> invocations = at_minutes({0, 100, 200, 250});
  invocations.back().length = 60_s * 50;
  PoolTrace trace(spec_of(Eviction::hybrid_histogram), {{}}, invocations);
  trace.play(60_s * 301);
  CHECK(trace.was_cold == "cwwc");
  CHECK(trace.told == std::vector<test::Told>{{60_s * 100, 0, PoolEvent::not_kept},
                                              {60_s * 190, 0, PoolEvent::prewarmed},
                                              {60_s * 200, 0, PoolEvent::not_kept},
                                              {60_s * 300, 0, PoolEvent::not_kept}});
}

// The second one ends when the histogram is empty, and stays; the third one's end has one made 54
// minutes later, but at that time the environment that stayed works.
TEST_CASE("an invocation in what has stayed takes a prewarming back", "[keep_alive]") {
  PoolTrace trace(
      spec_of(Eviction::hybrid_histogram), {{}},
      {{0_s, 0, 120_s}, {60_s, 0, 60_s}, {120_s + 60_s * 60}, {60_s * 70, 0, 60_s * 90}});
  trace.play(60_s * 161);
  CHECK(trace.was_cold == "ccww");
  CHECK(trace.told == std::vector<test::Told>{{60_s * 62, 0, PoolEvent::not_kept},
                                              {60_s * 160, 0, PoolEvent::not_kept}});
}

TEST_CASE("without prewarming the hybrid policy keeps until the tail", "[keep_alive]") {
  WarmPoolSpec spec = spec_of(Eviction::hybrid_histogram);
  spec.hybrid_histogram.prewarms = false;
  PoolTrace trace(spec, {{}}, at_minutes({0, 100}));
  trace.play(60_s * 1000);
  CHECK(trace.told == std::vector<test::Told>{{6_s * (1000 + 1111), 0, PoolEvent::time_over}});
}

TEST_CASE("a head in the first bin is not unloaded", "[keep_alive]") {
  PoolTrace trace(spec_of(Eviction::hybrid_histogram), {{}}, {{0_s}, {10_s}, {20_s}});
  trace.play(1000_s);
  CHECK(trace.was_cold == "cww");
  CHECK(trace.told == std::vector<test::Told>{{86_s, 0, PoolEvent::time_over}});
}

// Each of the 240 bins once: deviation 0, so the histogram says nothing.
TEST_CASE("what is idle for all times alike is kept for the whole range", "[keep_alive]") {
  std::vector<TraceInvocation> trace_in = {{0_s}};
  for (int bin = 0; bin < 240; ++bin)
    trace_in.push_back({trace_in.back().time + 60_s * bin + 30_s});
  const Duration last = trace_in.back().time;
  PoolTrace trace(spec_of(Eviction::hybrid_histogram), {{}}, trace_in);
  trace.play(last + 60_s * 500);
  CHECK(trace.told.back() == test::Told{last + 60_s * 240, 0, PoolEvent::time_over});
}

// Idle for 300 minutes again and again, out of the range of 240: forecast, with 15 % to each side.
TEST_CASE("a function that is idle for longer than the range is forecast", "[keep_alive]") {
  PoolTrace trace(spec_of(Eviction::hybrid_histogram), {{}}, at_minutes({0, 300, 600}));
  trace.play(60_s * 2000);
  CHECK(trace.was_cold == "ccw");
  CHECK(trace.told == std::vector<test::Told>{{60_s * 240, 0, PoolEvent::time_over},
                                              {60_s * 300, 0, PoolEvent::not_kept},
                                              {60_s * 555, 0, PoolEvent::prewarmed},
                                              {60_s * 600, 0, PoolEvent::not_kept},
                                              {60_s * 855, 0, PoolEvent::prewarmed},
                                              {60_s * 945, 0, PoolEvent::time_over}});
}

TEST_CASE("an invocation beside a running one ends no idle time", "[keep_alive]") {
  PoolTrace trace(spec_of(Eviction::hybrid_histogram), {{}}, {{0_s, 0, 120_s}, {60_s, 0, 10_s}});
  trace.play(20'000_s);
  // Nothing is known, so both stay for the whole range.
  CHECK(trace.told == std::vector<test::Told>{{70_s + 60_s * 240, 0, PoolEvent::time_over},
                                              {120_s + 60_s * 240, 0, PoolEvent::time_over}});
}

// Room for two: c finds b idle for longer than a, and then b finds c so.
TEST_CASE("the least recently used goes when memory is short", "[keep_alive]") {
  WarmPoolSpec spec = spec_of(Eviction::least_recently_used);
  spec.memory_limit_mb = 200;
  PoolTrace trace(spec, {{}, {}, {}}, each_second("abacab"));
  trace.play(10_s);
  CHECK(trace.was_cold == "ccwcwc");
  CHECK(trace.told == std::vector<test::Told>{{3_s, 1, PoolEvent::memory_short},
                                              {5_s, 2, PoolEvent::memory_short}});
}

TEST_CASE("without a memory limit the least recently used policy keeps everything",
          "[keep_alive]") {
  PoolTrace trace(spec_of(Eviction::least_recently_used), {{}, {}},
                  {{0_s}, {0_s, 1}, {1'000'000_s}});
  trace.play(2'000'000_s);
  CHECK(trace.was_cold == "ccw");
  CHECK(trace.told.empty());
}

// Cost 1 s / 100 MB each, so value v = 0.01. a is used three times: priority 0.03; b once: 0.01.
// c evicts b (clock 0.01, c at 0.02); b evicts c (clock 0.02, b at 0.03, and a's 0.03 is older).
TEST_CASE("greedy-dual counts frequency, and its clock lets the frequent grow old",
          "[keep_alive]") {
  WarmPoolSpec spec = spec_of(Eviction::greedy_dual);
  spec.memory_limit_mb = 200;
  PoolTrace trace(spec, {{}, {}, {}}, each_second("aaabcbc"));
  trace.play(10_s);
  CHECK(trace.was_cold == "cwwcccc");
  CHECK(trace.told == std::vector<test::Told>{{4_s, 1, PoolEvent::memory_short},
                                              {5_s, 2, PoolEvent::memory_short},
                                              {6_s, 0, PoolEvent::memory_short}});
}

// a: 5 s / 100 MB = 0.05; b: 1 s / 100 MB = 0.01; c: 3 s / 300 MB = 0.01.
TEST_CASE("greedy-dual keeps what is dear to make and small", "[keep_alive]") {
  WarmPoolSpec spec = spec_of(Eviction::greedy_dual);
  spec.memory_limit_mb = 450;
  PoolTrace trace(spec, {{100, 5_s}, {100, 1_s}, {300, 3_s}}, each_second("abca"));
  trace.play(10_s);
  CHECK(trace.was_cold == "cccw");
  CHECK(trace.told == std::vector<test::Told>{{2_s, 1, PoolEvent::memory_short}});
}

// A frequency that outlived its environments would put b at 0.04 in the end, above a.
TEST_CASE("a function's frequency begins anew when it has no environment", "[keep_alive]") {
  WarmPoolSpec spec = spec_of(Eviction::frequency);
  spec.memory_limit_mb = 200;
  PoolTrace trace(spec, {{}, {}, {}}, each_second("bbaaacbc"));
  trace.play(10_s);
  // c evicts b (2 to 3), b evicts c (1 to 3), c evicts b (1 to 3).
  CHECK(trace.was_cold == "cwcwwccc");
  CHECK(trace.told.back() == test::Told{7_s, 1, PoolEvent::memory_short});
}

TEST_CASE("landlord does not count uses: what was paid for last stays", "[keep_alive]") {
  WarmPoolSpec spec = spec_of(Eviction::landlord);
  spec.memory_limit_mb = 200;
  PoolTrace trace(spec, {{}, {}, {}}, each_second("aaabc"));
  trace.play(10_s);
  CHECK(trace.told == std::vector<test::Told>{{4_s, 0, PoolEvent::memory_short}});
}

// Belady: when c comes, b is needed at 4 s and a at 3 s: b goes. Then, at 4 s, of a and c, a is not
// needed again.
TEST_CASE("the oracle drops what is needed last", "[keep_alive]") {
  WarmPoolSpec spec = spec_of(Eviction::oracle);
  spec.memory_limit_mb = 200;
  PoolTrace trace(spec, {{}, {}, {}}, each_second("abcabc"));
  trace.play(10_s);
  CHECK(trace.was_cold == "cccwcw");
}

TEST_CASE("the oracle keeps what is needed soon enough, and drops the rest at once",
          "[keep_alive]") {
  WarmPoolSpec spec = spec_of(Eviction::oracle);
  spec.oracle.keep_longest = 100_s;
  PoolTrace trace(spec, {{}}, {{0_s}, {100_s}, {201_s}, {202_s}});
  trace.play(500_s);
  CHECK(trace.was_cold == "cwcw");
  CHECK(trace.idle_s() == Approx(101));
}

TEST_CASE("an oracle that knows nothing is an error that says so", "[keep_alive]") {
  try {
    make_policy(spec_of(Eviction::oracle), nullptr);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.place().key == "platform.functions.warm_pool.eviction");
    CHECK(std::string(error.what()).find("found oracle") != std::string::npos);
  }
}

TEST_CASE("what does not fit into memory beside what is busy is not made", "[keep_alive]") {
  WarmPoolSpec spec = spec_of(Eviction::fixed);
  spec.memory_limit_mb = 250;
  PoolTrace trace(spec, {{}, {}},
                  {{0_s, 0, 10_s}, {1_s, 1, 1_s}, {3_s, 0, 10_s}, {4_s, 1, 1_s}, {11_s, 1, 1_s}});
  trace.play(30_s);
  // At 3 s the second function's idle one makes room; at 4 s both busy ones leave none.
  CHECK(trace.was_cold == "ccc-c");
}

TEST_CASE("prewarming takes memory that is free, and evicts nothing for it", "[keep_alive]") {
  WarmPoolSpec spec = spec_of(Eviction::fixed);
  spec.memory_limit_mb = 250;
  PoolTrace trace(spec, {{}, {}}, {});
  CHECK(trace.pool(0).prewarm(1) == 1);
  CHECK(trace.pool(1).prewarm(5) == 1);
  CHECK(trace.told.empty());
}

}  // namespace
}  // namespace wukong::keep_alive

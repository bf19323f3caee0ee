// The engine against the plainest one there is: a list of wake-ups, sorted by time and then by the
// order in which they were asked for.
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/base/random.h"
#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "test/catch.h"

namespace wukong::engine {
namespace {

using Naps = std::vector<std::vector<int64_t>>;           // of each process, in ns
using Wakeups = std::vector<std::pair<int64_t, size_t>>;  // when, and who

Wakeups reference(const Naps& naps) {
  struct Entry {
    int64_t time;
    size_t process;
    size_t nap;
  };
  std::vector<Entry> list;
  const auto add = [&](int64_t now, size_t process, size_t nap) {
    if (nap >= naps[process].size()) return;
    const Entry entry{now + naps[process][nap], process, nap};
    const auto after = std::upper_bound(list.begin(), list.end(), entry.time,
                                        [](int64_t t, const Entry& e) { return t < e.time; });
    list.insert(after, entry);
  };
  for (size_t process = 0; process < naps.size(); ++process) add(0, process, 0);
  Wakeups wakeups;
  while (!list.empty()) {
    const Entry entry = list.front();
    list.erase(list.begin());
    wakeups.emplace_back(entry.time, entry.process);
    add(entry.time, entry.process, entry.nap + 1);
  }
  return wakeups;
}

Task<> sleeper(Engine& engine, const Naps& naps, size_t process, Wakeups& wakeups) {
  for (const int64_t nap : naps[process]) {
    co_await engine.sleep(Duration::nanoseconds(nap));
    wakeups.emplace_back(engine.now().count_ns(), process);
  }
}

Wakeups simulated(const Naps& naps) {
  VirtualClock clock;
  Engine engine(clock);
  Wakeups wakeups;
  for (size_t process = 0; process < naps.size(); ++process)
    engine.spawn(sleeper(engine, naps, process, wakeups), "sleeper");
  engine.run();
  return wakeups;
}

TEST_CASE("processes wake when and in the order that a sorted list says", "[engine]") {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    RandomStream random(seed, "naps");
    const uint64_t longest = seed % 2 == 0 ? 5 : 1'000'000;  // short naps make many ties
    Naps naps(1 + random.below(40));
    for (std::vector<int64_t>& of_one : naps)
      for (uint64_t count = random.below(30); count > 0; --count)
        of_one.push_back(static_cast<int64_t>(1 + random.below(longest)));
    INFO("seed " << seed);
    REQUIRE(simulated(naps) == reference(naps));
  }
}

}  // namespace
}  // namespace wukong::engine

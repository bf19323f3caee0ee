#include "runtime/containers/fiber_pool.h"

#include <atomic>
#include <vector>

#include "test/catch.h"

namespace wukong::containers {
namespace {

using namespace std::chrono_literals;

// Waits for something that another thread does.
template <class Condition>
void wait_for(const Condition& condition) {
  while (!condition()) std::this_thread::sleep_for(1ms);
}

TEST_CASE("a container's bodies run one after another, in the order of their submission",
          "[runtime]") {
  FiberPool pool(2);
  Container& container = pool.make_container();
  std::vector<int> order;
  std::atomic<int> done = 0;
  for (int i = 0; i < 50; ++i)
    container.submit([&, i](Container& self) {
      if (i % 10 == 0) self.sleep_for(1ms);
      order.push_back(i);
      ++done;
    });
  wait_for([&] { return done == 50; });
  for (int i = 0; i < 50; ++i) CHECK(order[static_cast<size_t>(i)] == i);
}

TEST_CASE("a body that sleeps holds no worker", "[runtime]") {
  FiberPool pool(2);
  std::atomic<int> asleep = 0;
  std::atomic<int> done = 0;
  constexpr int kSleepers = 1000;
  for (int i = 0; i < kSleepers; ++i)
    pool.make_container().submit([&](Container& self) {
      ++asleep;
      // All of them are in here at once, though there are two workers.
      while (asleep < kSleepers) self.sleep_for(1ms);
      ++done;
    });
  wait_for([&] { return done == kSleepers; });
  CHECK(asleep == kSleepers);
}

TEST_CASE("killing a container that sleeps unwinds its stack and ends it", "[runtime]") {
  struct Guard {
    std::atomic<bool>& unwound;
    ~Guard() { unwound = true; }
  };
  FiberPool pool(1);
  std::atomic<bool> entered = false;
  std::atomic<bool> unwound = false;
  std::atomic<bool> went_on = false;
  Container& container = pool.make_container();
  container.submit([&](Container& self) {
    const Guard guard{unwound};
    entered = true;
    self.sleep_for(1h);
    went_on = true;
  });
  container.submit([&](Container&) { went_on = true; });
  wait_for([&] { return entered.load(); });
  container.kill();
  wait_for([&] { return pool.containers() == 0; });
  CHECK(unwound);
  CHECK_FALSE(went_on);
}

TEST_CASE("a container that never ran, and one that is idle, can be killed", "[runtime]") {
  FiberPool pool(1);
  pool.make_container().kill();
  Container& used = pool.make_container();
  std::atomic<bool> ran = false;
  used.submit([&](Container&) { ran = true; });
  wait_for([&] { return ran && used.idle(); });
  used.kill();
  wait_for([&] { return pool.containers() == 0; });
  CHECK(pool.containers() == 0);
}

TEST_CASE("a pool that goes ends what sleeps in it", "[runtime]") {
  std::atomic<int> entered = 0;
  std::atomic<int> finished = 0;
  {
    FiberPool pool(2);
    for (int i = 0; i < 10; ++i)
      pool.make_container().submit([&](Container& self) {
        ++entered;
        self.sleep_for(1h);
        ++finished;
      });
    wait_for([&] { return entered == 10; });
  }
  CHECK(finished == 0);
}

TEST_CASE("an exception inside a body does not disturb another body's", "[runtime]") {
  FiberPool pool(2);
  std::atomic<int> caught = 0;
  for (int i = 0; i < 100; ++i)
    pool.make_container().submit([&, i](Container& self) {
      int found = -1;
      try {
        self.sleep_for(1ms);
        throw i;
      } catch (int thrown) {
        found = thrown;
      }
      self.sleep_for(1ms);
      if (found == i) ++caught;
    });
  wait_for([&] { return caught == 100; });
  CHECK(caught == 100);
}

}  // namespace
}  // namespace wukong::containers

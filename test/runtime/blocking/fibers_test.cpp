#include "runtime/blocking/fibers.h"

#include <boost/fiber/operations.hpp>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "sim/engine/sync.h"
#include "sim/engine/trace.h"
#include "test/catch.h"
#include "test/death.h"

namespace wukong::blocking {
namespace {

using namespace wukong::literals;
using engine::Engine;
using engine::Task;

struct Bed {
  engine::VirtualClock clock;
  Fibers fibers;
  Engine engine{clock};
};

struct Notes {
  std::vector<std::string>& to;
  std::string text;
  ~Notes() { to.push_back(text); }
};

Task<int> later(Engine& engine, Duration time, int value) {
  co_await engine.sleep(time);
  co_return value;
}
Task<int> at_once(int value) { co_return value; }
Task<int> wrong(Engine& engine) {
  co_await engine.sleep(1_ms);
  throw std::runtime_error("a wrong task");
}

TEST_CASE("a body waits for tasks, sleeps and messages, and its task has what it returns",
          "[blocking]") {
  Bed bed;
  engine::Channel<int> channel(bed.engine);
  int sum = 0;
  const auto body = [&] {
    const int a = bed.fibers.wait(later(bed.engine, 5_ms, 1));
    const int b = bed.fibers.wait(at_once(2));
    const int c = bed.fibers.wait(channel.receive());
    bed.fibers.wait(bed.engine.sleep(1_ms));
    return a + b + c;
  };
  const auto add = [](Task<int> task, int& to) -> Task<> { to += co_await std::move(task); };
  bed.engine.spawn(add(bed.fibers.run(body), sum), "adds");
  bed.fibers.spawn(
      bed.engine,
      [&] {
        bed.fibers.wait(bed.engine.sleep(20_ms));
        channel.send(4);
      },
      "sends");
  bed.engine.run();
  CHECK(sum == 7);
  CHECK(bed.engine.now().since_start() == 21_ms);
  CHECK(bed.fibers.made() == 2);
}

// The same steps, once as coroutines and once as bodies.
Task<> steps(Engine& engine, engine::Semaphore& semaphore, int number) {
  for (int i = 0; i < 5; ++i) {
    const auto permit = co_await semaphore.acquire();
    co_await later(engine, Duration::microseconds(number * 7 + i), 0);
    co_await at_once(0);
  }
}
void blocking_steps(Fibers& fibers, Engine& engine, engine::Semaphore& semaphore, int number) {
  for (int i = 0; i < 5; ++i) {
    const auto permit = fibers.wait(semaphore.acquire());
    fibers.wait(later(engine, Duration::microseconds(number * 7 + i), 0));
    fibers.wait(at_once(0));
  }
}

TEST_CASE("bodies make the trace that coroutines make", "[blocking]") {
  uint64_t hashes[2];
  for (const bool blocking : {false, true}) {
    Bed bed;
    engine::Semaphore semaphore(bed.engine, 3);
    for (int i = 0; i < 20; ++i)
      if (blocking)
        bed.fibers.spawn(
            bed.engine, [&, i] { blocking_steps(bed.fibers, bed.engine, semaphore, i); }, "steps");
      else
        bed.engine.spawn(steps(bed.engine, semaphore, i), "steps");
    bed.engine.run();
    CHECK(semaphore.available() == 3);
    hashes[blocking] = bed.engine.trace().hash();
  }
  CHECK(hashes[0] == hashes[1]);
}

TEST_CASE("what a body throws is thrown by its task, and what its task throws by wait()",
          "[blocking]") {
  Bed bed;
  std::string heard;
  bed.fibers.spawn(
      bed.engine,
      [&] {
        try {
          bed.fibers.wait(wrong(bed.engine));
        } catch (const std::runtime_error& error) {
          heard = error.what();
        }
        throw std::logic_error("a wrong body");
      },
      "wrong");
  CHECK_THROWS_WITH(bed.engine.run(), "a wrong body");
  CHECK(heard == "a wrong task");
}

TEST_CASE("a killed body's stack unwinds, and what it waited for is taken back", "[blocking]") {
  Bed bed;
  std::vector<std::string> notes;
  engine::Semaphore semaphore(bed.engine, 1);
  auto& doomed = bed.fibers.spawn(
      bed.engine,
      [&] {
        const auto permit = bed.fibers.wait(semaphore.acquire());
        const Notes outer{notes, "outer"};
        try {
          const Notes inner{notes, "inner"};
          bed.fibers.wait(bed.engine.sleep(1000_s));
        } catch (const std::exception&) {
          notes.emplace_back("no failure");
        } catch (...) {
          notes.emplace_back("any");
          bed.fibers.wait(bed.engine.sleep(1000_s));  // throws again
        }
        notes.emplace_back("never");
      },
      "doomed");
  bed.fibers.spawn(
      bed.engine,
      [&] {
        bed.fibers.wait(bed.engine.sleep(1_s));
        bed.engine.kill(doomed);  // from one stack to the other and back
        notes.emplace_back("killed");
        const auto permit = bed.fibers.wait(semaphore.acquire());
        notes.emplace_back("acquired");
      },
      "killer");
  bed.engine.run();
  CHECK(notes == std::vector<std::string>{"inner", "any", "outer", "killed", "acquired"});
  CHECK(bed.engine.now().since_start() == 1_s);
}

TEST_CASE("a body that has not begun is killed without a stack", "[blocking]") {
  Bed bed;
  bed.fibers.spawn(bed.engine, [&] { FAIL("it runs"); }, "never");
  bed.engine.clear();
  CHECK(bed.fibers.made() == 0);
}

TEST_CASE("a group that goes with a body's stack kills the bodies in it", "[blocking]") {
  Bed bed;
  std::vector<std::string> notes;
  bed.fibers.spawn(
      bed.engine,
      [&] {
        engine::TaskGroup group(bed.engine);
        for (const char* name : {"first", "second"})
          group.spawn(bed.fibers.run([&, name] {
            const Notes note{notes, name};
            bed.fibers.wait(bed.engine.sleep(1000_s));
          }),
                      "child");
        bed.fibers.wait(bed.engine.sleep(1_s));
      },
      "parent");
  bed.engine.run();
  CHECK(notes == std::vector<std::string>{"first", "second"});
  CHECK(bed.fibers.made() == 3);
}

TEST_CASE("a body may wait while it handles an exception, and others throw meanwhile",
          "[blocking]") {
  Bed bed;
  std::vector<std::string> heard;
  for (const int number : {1, 2, 3})
    bed.fibers.spawn(
        bed.engine,
        [&, number] {
          try {
            throw std::runtime_error(std::to_string(number));
          } catch (const std::runtime_error&) {
            bed.fibers.wait(bed.engine.sleep(Duration::seconds(number)));
            try {
              throw;
            } catch (const std::runtime_error& error) {
              heard.emplace_back(error.what());
            }
          }
        },
        "catches");
  bed.engine.run();
  CHECK(heard == std::vector<std::string>{"1", "2", "3"});
}

TEST_CASE("a fiber serves one body after another", "[blocking]") {
  Bed bed;
  int ended = 0;
  for (int i = 0; i < 100; ++i) {
    bed.fibers.spawn(
        bed.engine,
        [&] {
          bed.fibers.wait(bed.engine.sleep(1_ms));
          ++ended;
        },
        "short");
    bed.engine.run();
  }
  CHECK(ended == 100);
  CHECK(bed.fibers.made() == 1);
}

TEST_CASE("a wait outside of a body is a bug", "[blocking]") {
  const auto outside = [] {
    Bed bed;
    bed.fibers.wait(bed.engine.sleep(1_s));
  };
  CHECK_THAT(test::dying_words(outside), Catch::Contains("wait() is for"));
}

#if !defined(WUKONG_SANITIZED)
TEST_CASE("a body that waits by Boost.Fiber's own means is a bug", "[blocking]") {
  for (const bool yields : {false, true}) {
    const auto body = [yields] {
      if (yields)
        boost::this_fiber::yield();
      else
        boost::this_fiber::sleep_for(std::chrono::milliseconds(1));
    };
    const auto doomed = [&] {
      Bed bed;
      bed.fibers.spawn(bed.engine, body, "foreign");
      bed.engine.run();
    };
    CHECK_THAT(test::dying_words(doomed), Catch::Contains("waits by the engine's means alone"));
  }
}

int deeper(int depth) {
  volatile char room[512] = {};
  room[0] = static_cast<char>(depth);
  return depth == 0 ? room[0] : deeper(depth - 1) + room[0];
}

TEST_CASE("a body that needs more than its stack dies at the page that guards it", "[blocking]") {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGSEGV, SIG_DFL);
    Bed bed;
    bed.fibers.spawn(bed.engine, [] { deeper(1000); }, "deep");
    bed.engine.run();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGSEGV);
}
#endif

}  // namespace
}  // namespace wukong::blocking

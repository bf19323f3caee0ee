
#include "sim/engine/task.h"

#include <memory>
#include <stdexcept>
#include <string>

#include "sim/engine/clock_driver.h"
#include "sim/engine/engine.h"
#include "test/catch.h"
#include "test/death.h"
#include "test/journal.h"

namespace wukong::engine {
namespace {

using namespace literals;
using test::Farewell;
using test::Journal;
using test::Lines;

struct TaskFixture {
  VirtualClock clock;
  Engine engine{clock};
  Journal journal{engine};
  void run(Task<> body) {
    engine.spawn(std::move(body), "process");
    engine.run();
  }
};

Task<int> add_later(Engine& engine, int a, int b) {
  co_await engine.sleep(1_ms);
  co_return a + b;
}

TEST_CASE_METHOD(TaskFixture, "a task gives its value to who awaits it, when it has ended") {
  const auto process = [](TaskFixture& f) -> Task<> {
    const int three = co_await add_later(f.engine, 1, 2);
    const int seven = co_await add_later(f.engine, three, 4);
    f.journal.note(std::to_string(seven));
  };
  run(process(*this));
  CHECK(journal.lines == Lines{"2 7"});
}

TEST_CASE_METHOD(TaskFixture, "a task gives a value that can only be moved") {
  const auto make = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(9); };
  const auto process = [&make](Journal& notes) -> Task<> {
    const std::unique_ptr<int> value = co_await make();
    notes.note(std::to_string(*value));
  };
  run(process(journal));
  CHECK(journal.lines == Lines{"0 9"});
}

TEST_CASE_METHOD(TaskFixture, "a task does not begin before it is awaited") {
  const auto child = [](Journal& notes) -> Task<> {
    notes.note("child");
    co_return;
  };
  const auto process = [&child](Journal& notes) -> Task<> {
    Task<> task = child(notes);
    notes.note("parent");
    co_await std::move(task);
    const Task<> never_awaited = child(notes);
  };
  run(process(journal));
  CHECK(journal.lines == Lines{"0 parent", "0 child"});
}

Task<> fail_after(Engine& engine, Journal& journal, Duration delay, int depth) {
  const Farewell farewell{journal, std::to_string(depth)};
  if (depth > 0) {
    co_await fail_after(engine, journal, delay, depth - 1);
  } else {
    co_await engine.sleep(delay);
    throw std::runtime_error("deep");
  }
}

TEST_CASE_METHOD(TaskFixture, "an exception passes through nested tasks to who catches it") {
  const Duration delay = GENERATE(0_ms, 1_ms);
  const auto process = [delay](TaskFixture& f) -> Task<> {
    bool caught = false;
    try {
      co_await fail_after(f.engine, f.journal, delay, 2);
    } catch (const std::runtime_error& error) {
      caught = error.what() == std::string("deep");
    }
    f.journal.note(caught ? "caught" : "missed");
  };
  run(process(*this));
  const std::string time = delay == 0_ms ? "0 " : "1 ";
  CHECK(journal.lines ==
        Lines{time + "end of 0", time + "end of 1", time + "end of 2", time + "caught"});
}

TEST_CASE_METHOD(TaskFixture, "a million tasks that do not wait do not overflow the stack") {
  const auto leaf = [](int i) -> Task<int> { co_return i % 2; };
  const auto middle = [&leaf](int i) -> Task<int> {
    const int value = co_await leaf(i);
    co_return value;
  };
  const auto process = [&middle](int& sum) -> Task<> {
    for (int i = 0; i < 1'000'000; ++i) sum += co_await middle(i);
  };
  int sum = 0;
  run(process(sum));
  CHECK(sum == 500'000);
}

TEST_CASE_METHOD(TaskFixture, "a hundred thousand tasks that wait do not overflow the stack") {
  const auto process = [](Engine& its_engine, int& sum) -> Task<> {
    for (int i = 0; i < 100'000; ++i) sum = co_await add_later(its_engine, sum, 1);
  };
  int sum = 0;
  run(process(engine, sum));
  CHECK(sum == 100'000);
}

TEST_CASE_METHOD(TaskFixture, "a task cannot be awaited twice") {
  const auto child = []() -> Task<> { co_return; };
  const auto process = [&child]() -> Task<> {
    Task<> task = child();
    co_await std::move(task);
    co_await std::move(task);
  };
  engine.spawn(process(), "process");
  CHECK_THAT(test::dying_words([this] { engine.run(); }), Catch::Contains("awaited once"));
}

TEST_CASE_METHOD(TaskFixture, "a task that replaces another destroys it") {
  const auto child = [](Journal& notes, std::string name) -> Task<> {
    const Farewell farewell{notes, name};
    co_await std::suspend_always();
  };
  Task<> task = child(journal, "first");
  task.handle().resume();
  task = child(journal, "second");
  CHECK(journal.lines == Lines{"0 end of first"});
}

}  // namespace
}  // namespace wukong::engine

#include "sim/engine/event_queue.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "sim/base/random.h"
#include "test/catch.h"
#include "test/death.h"

namespace wukong::engine {
namespace {

void nothing(void*) {}

Time at(int64_t ns) { return Time::at(Duration::nanoseconds(ns)); }

// A context that carries a number.
void* tag(uint64_t number) { return reinterpret_cast<void*>(number); }
uint64_t number_of(const EventQueue::Event& event) {
  return reinterpret_cast<uint64_t>(event.context);
}

// What the queue must do, in the plainest way: a sorted list.
class SortedList {
 public:
  struct Entry {
    Time time;
    uint64_t number;
    EventHandle handle;
  };
  void insert(Time time, uint64_t number, EventHandle handle) {
    const auto after = std::upper_bound(entries.begin(), entries.end(), time,
                                        [](Time t, const Entry& e) { return t < e.time; });
    entries.insert(after, {time, number, handle});
  }
  Entry remove(size_t position) {
    const Entry entry = entries.at(position);
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(position));
    return entry;
  }
  std::vector<Entry> entries;
};

struct Mix {
  uint64_t schedule, pop, cancel, peek;  // weights
  uint64_t times;                        // few different times make many ties
};

void compare_with_list(uint64_t seed, const Mix& mix) {
  RandomStream random(seed, "operations");
  EventQueue queue;
  SortedList list;
  uint64_t next_number = 0;
  for (int step = 0; step < 5000; ++step) {
    uint64_t choice = random.below(mix.schedule + mix.pop + mix.cancel + mix.peek);
    if (choice < mix.schedule || list.entries.empty()) {
      const Time time = at(static_cast<int64_t>(random.below(mix.times)));
      list.insert(time, next_number, queue.schedule(time, nothing, tag(next_number)));
      ++next_number;
    } else if (choice -= mix.schedule; choice < mix.pop) {
      const auto expected = list.remove(0);
      const auto event = queue.pop();
      REQUIRE(std::tuple(event.time.count_ns(), number_of(event)) ==
              std::tuple(expected.time.count_ns(), expected.number));
    } else if (choice -= mix.pop; choice < mix.cancel) {
      queue.cancel(list.remove(random.below(list.entries.size())).handle);
    } else {
      REQUIRE(queue.next_time() == list.entries.front().time);
    }
    REQUIRE(queue.size() == list.entries.size());
    REQUIRE(queue.empty() == list.entries.empty());
  }
  while (!list.entries.empty()) REQUIRE(number_of(queue.pop()) == list.remove(0).number);
  REQUIRE(queue.empty());
}

TEST_CASE("the event queue does what a sorted list does, on random schedules") {
  const Mix mix = GENERATE(Mix{5, 5, 0, 1, 1'000'000}, Mix{6, 4, 1, 0, 5}, Mix{6, 1, 5, 1, 100},
                           Mix{10, 1, 1, 1, 1'000'000'000}, Mix{10, 2, 7, 0, 2});
  const uint64_t seed = GENERATE(1, 2, 3, 4);
  compare_with_list(seed, mix);
}

TEST_CASE("the event queue empties and fills again in order") {
  EventQueue queue;
  RandomStream random(1, "waves");
  for (int wave = 0; wave < 200; ++wave) {
    const uint64_t size = random.below(30);
    for (uint64_t i = 0; i < size; ++i)
      queue.schedule(at(static_cast<int64_t>(random.below(10))), nothing, tag(i));
    Time last;
    for (uint64_t i = 0; i < size; ++i) {
      const auto event = queue.pop();
      REQUIRE(event.time >= last);
      last = event.time;
    }
    REQUIRE(queue.empty());
  }
}

TEST_CASE("events of one time surface in the order of their scheduling") {
  EventQueue queue;
  for (uint64_t i = 0; i < 1000; ++i) queue.schedule(at(7), nothing, tag(i));
  for (uint64_t i = 0; i < 1000; ++i) REQUIRE(number_of(queue.pop()) == i);
}

TEST_CASE("an event scheduled after a pop goes before what is later and behind its ties") {
  EventQueue queue;
  for (uint64_t i = 0; i < 10; ++i) queue.schedule(at(10), nothing, tag(i));
  queue.pop();
  queue.schedule(at(5), nothing, tag(100));
  queue.schedule(at(10), nothing, tag(200));
  CHECK(number_of(queue.pop()) == 100);
  for (uint64_t i = 1; i < 10; ++i) CHECK(number_of(queue.pop()) == i);
  CHECK(number_of(queue.pop()) == 200);
}

TEST_CASE("a cancelled event's slot names another event afterwards, and its handle none") {
  EventQueue queue;
  const auto first = queue.schedule(at(1), nothing, nullptr);
  queue.cancel(first);
  queue.schedule(at(2), nothing, nullptr);
  CHECK(queue.pop().time == at(2));
  CHECK_THAT(test::dying_words([&] { queue.cancel(first); }), Catch::Contains("generation"));
}

TEST_CASE("cancelling nearly everything keeps the rest in order") {
  EventQueue queue;
  std::vector<EventHandle> handles;
  for (int64_t i = 0; i < 10'000; ++i)
    handles.push_back(queue.schedule(at(i * 7919 % 10'007), nothing, tag(i * 7919 % 10'007)));
  for (size_t i = 0; i < handles.size(); ++i)
    if (i % 100 != 0) queue.cancel(handles[i]);
  CHECK(queue.size() == 100);
  for (uint64_t last = 0, i = 0; i < 100; ++i) {
    const uint64_t number = number_of(queue.pop());
    REQUIRE(number >= last);
    last = number;
  }
  CHECK(queue.empty());
}

TEST_CASE("misuse of the event queue is found") {
  using test::dying_words;
  EventQueue queue;
  CHECK(dying_words([&] { queue.pop(); }) != "");
  CHECK(dying_words([&] { queue.next_time(); }) != "");
  CHECK(dying_words([&] { queue.cancel({}); }) != "");
  CHECK(dying_words([&] { queue.schedule(at(-1), nothing, nullptr); }) != "");
  const auto handle = queue.schedule(at(1), nothing, nullptr);
  CHECK(dying_words([&] { queue.cancel(handle), queue.cancel(handle); }) != "");
  queue.cancel(handle);
  CHECK(dying_words([&] { queue.pop(); }) != "");
}

}  // namespace
}  // namespace wukong::engine

// A bare coroutine loop, the floor under what the engine costs: a minimal coroutine type, and a
// heap of (time, sequence, handle). No processes, no traces, no killing, no reports.
#pragma once

#include <coroutine>
#include <cstdint>
#include <exception>
#include <queue>
#include <vector>

#include "sim/base/random.h"

namespace wukong::perf {

struct BareCoroutine {
  struct promise_type {
    BareCoroutine get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;
};

struct Wake {
  int64_t time;
  uint64_t sequence;
  std::coroutine_handle<> handle;
};

inline bool earlier(const Wake& a, const Wake& b) {
  return a.time != b.time ? a.time < b.time : a.sequence < b.sequence;
}

class BinaryHeap {
 public:
  bool empty() const { return queue_.empty(); }
  void push(const Wake& wake) { queue_.push(wake); }
  Wake pop() {
    const Wake top = queue_.top();
    queue_.pop();
    return top;
  }

 private:
  struct Later {
    bool operator()(const Wake& a, const Wake& b) const { return earlier(b, a); }
  };
  std::priority_queue<Wake, std::vector<Wake>, Later> queue_;
};

// A loop of coroutines that sleep.
template <class Heap>
struct BareLoop {
  Heap heap;
  RandomStream random{1, "sleep"};
  int64_t now = 0;
  uint64_t sequence = 0;

  struct Sleep {
    BareLoop& loop;
    int64_t until;
    bool await_ready() const noexcept { return until <= loop.now; }
    void await_suspend(std::coroutine_handle<> handle) {
      loop.heap.push({until, loop.sequence++, handle});
    }
    void await_resume() const noexcept {}
  };
  Sleep sleep(int64_t time) { return {*this, now + time}; }
  void run() {
    while (!heap.empty()) {
      const Wake wake = heap.pop();
      now = wake.time;
      wake.handle.resume();
    }
  }
};

}  // namespace wukong::perf

// The worker threads that run containers, first come, first served, on any thread that is free. So
// more containers than threads share the cores fairly, one body after another.
//
// Boost.Fiber is not used: docs/emulator.md says why, with measurements.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/containers/container.h"

namespace wukong::containers {

class FiberPool {
 public:
  // A container's stack. Kernels keep their blocks on the heap, so this is ample; the system gives
  // it memory page by page as it is used, so it costs address space only.
  static constexpr size_t kStackBytes = 256 * 1024;

  explicit FiberPool(unsigned threads, size_t stack_bytes = kStackBytes);
  FiberPool(const FiberPool&) = delete;
  FiberPool& operator=(const FiberPool&) = delete;
  // Kills the containers that are left, and waits until the last body has ended.
  ~FiberPool();

  // The container lives until it has been killed and has ended.
  Container& make_container();
  unsigned threads() const { return static_cast<unsigned>(workers_.size()); }
  size_t containers() const;
  // A body that is submitted now starts at once.
  bool has_free_worker() const;

 private:
  friend class Container;
  using Lock = std::unique_lock<std::mutex>;
  using SleepKey = std::pair<std::chrono::steady_clock::time_point, uint64_t>;

  void work();
  void run(Lock& lock, Container& container);
  // Files a container that was suspended under the state that it wanted.
  void settle(Container& container);
  void make_runnable(Container& container);
  void wake_sleepers();
  void kill(Container& container);

  size_t stack_bytes_;
  mutable std::mutex mutex_;
  std::condition_variable work_to_do_;
  std::map<Container*, std::unique_ptr<Container>> containers_;
  std::deque<Container*> runnable_;
  std::map<SleepKey, Container*> sleepers_;
  uint64_t next_sleep_ = 0;
  size_t running_ = 0;
  bool ending_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace wukong::containers

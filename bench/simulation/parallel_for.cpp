#include "bench/simulation/parallel_for.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <system_error>
#include <thread>
#include <vector>

namespace wukong::simulation {

void parallel_for(size_t count, unsigned threads, const std::function<void(size_t)>& body) {
  std::vector<std::exception_ptr> errors(count);
  std::atomic<size_t> next = 0;
  std::atomic<size_t> end = count;  // the lowest round that threw
  const auto work = [&] {
    for (size_t i = next++; i < end; i = next++) {
      try {
        body(i);
      } catch (...) {
        errors[i] = std::current_exception();
        for (size_t before = end; i < before && !end.compare_exchange_weak(before, i);) {
        }
      }
    }
  };
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  {
    std::vector<std::jthread> workers;
    try {
      for (size_t i = 1; i < std::min<size_t>(threads, count); ++i) workers.emplace_back(work);
    } catch (const std::system_error&) {  // as many as the system has; this one is there anyway
    }
    work();
  }
  for (const std::exception_ptr& error : errors)
    if (error) std::rethrow_exception(error);
}

}  // namespace wukong::simulation

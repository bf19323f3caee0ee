// What an emulation has measured: how long each kind of tasks and each kind of store operation
// really took. Wall time, not the engine's. For the loop's thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "sim/base/bytes.h"

namespace wukong::runtime {

struct Measurement {
  uint64_t count = 0;
  std::chrono::nanoseconds total{};
  Bytes bytes;

  void add(std::chrono::nanoseconds time, Bytes moved = Bytes(0)) {
    ++count;
    total += time;
    bytes += moved;
  }
};

struct Measurements {
  std::map<std::string, Measurement> kernels;     // by the name of the tasks' kind
  std::map<std::string, Measurement> operations;  // "read", "write"
  std::string first_failure;                      // of a task
  uint64_t failed_tasks = 0;
};

}  // namespace wukong::runtime

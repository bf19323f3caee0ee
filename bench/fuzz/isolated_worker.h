// A child process that does pieces of work, numbered first, first + step, first + 2 step, ..., and
// reports on each: so that an invariant of the program that fails (ENSURE), a crash or a hang ends
// the child, and the parent knows with which piece. Made by a parent without threads.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/fuzz/fuzz_report.h"

namespace wukong::fuzz {

// What a child does; it must not change what it is not given.
using FuzzWork = std::function<FuzzReport(uint64_t index)>;

struct WorkRange {
  uint64_t first = 0;
  uint64_t step = 1;
  uint64_t end = 0;  // not included
};

class IsolatedWorker {
 public:
  IsolatedWorker(const FuzzWork& work, WorkRange range);
  IsolatedWorker(const IsolatedWorker&) = delete;
  IsolatedWorker& operator=(const IsolatedWorker&) = delete;
  // Kills the child.
  ~IsolatedWorker();

  int descriptor() const { return descriptor_; }
  // The piece that it works on, or would next.
  uint64_t current() const { return current_; }
  bool ended() const { return ended_; }
  // Whether it has computed longer than that on its present piece, or waited ten times as long:
  // other programs on the machine make a piece slower, but do not make it compute more.
  bool takes_longer_than(double patience_s) const;

  // Reads what there is. Reports come in the order of their pieces; the last one may say that the
  // child died, and then there is none after it.
  std::vector<FuzzReport> read();
  // Its present piece takes longer than that.
  FuzzReport give_up(double patience_s);

 private:
  using Clock = std::chrono::steady_clock;
  [[noreturn]] void run_child(const FuzzWork& work, int descriptor);
  FuzzReport report_death();
  void kill_child();
  double computed() const;  // on all pieces, in seconds

  WorkRange range_;
  pid_t process_ = -1;
  int descriptor_ = -1;
  std::FILE* messages_ = nullptr;  // of the child, on its stderr
  uint64_t current_;
  Clock::time_point since_;
  double computed_before_ = 0;  // the present piece, in seconds
  std::string unread_;
  bool ended_ = false;
};

}  // namespace wukong::fuzz

// What ran in one executor, and how each task came there: for whoever asks why a function ran into
// its time limit. Keeps counts and the longest tasks, however many there were.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/time.h"
#include "workloads/dag/dag.h"

namespace wukong::wukong_policy {

// How a task came to its executor.
enum class Came : uint8_t {
  invoked,    // the executor was invoked for it
  become,     // at a fan-out, or as the last one to arrive at a fan-in
  clustered,  // it reads a large object that is there
  late,       // it became ready while a large object was stored for it
  held,       // a large object was held for it: delayed I/O
};
constexpr size_t kWaysToCome = 5;

struct Assignment {
  TaskId task;
  Came came = Came::invoked;
  TaskId from;        // the task whose end brought it; none: it was invoked
  Duration expected;  // how long it will take; only if somebody asks for it
};

class ExecutorStory {
 public:
  void begin(const Assignment& assignment, Time now);
  void end(Time now);
  // Between tasks.
  void note_invocation(Duration took);
  void note_wait(Duration took);
  // In one sentence, with what is running.
  std::string tell(const dag::Dag& dag, Time now) const;

 private:
  static constexpr size_t kTold = 5;  // a sentence can be read

  struct Chapter {
    Assignment assignment;
    uint64_t number = 0;
    Duration took;
  };

  std::vector<Chapter> longest_;  // that have ended; at most kTold
  std::optional<Chapter> running_;
  Time since_;
  uint64_t tasks_ = 0;
  std::array<uint64_t, kWaysToCome> came_{};
  uint64_t invocations_ = 0;
  Duration invoking_;
  Duration waiting_;  // for delayed fan-ins
};

}  // namespace wukong::wukong_policy

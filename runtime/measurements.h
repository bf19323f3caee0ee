// What an emulation has measured: how long tasks and store operations really took, on the wall
// clock. `wukong validate` puts it into a simulation. For the loop's thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/bytes.h"
#include "sim/base/failure_causes.h"
#include "workloads/dag.h"

namespace wukong::runtime {

// Times that belong to an amount: a fixed part and one for each byte, by least squares, and how far
// each time was from that.
class Measurement {
 public:
  void add(std::chrono::nanoseconds time, Bytes amount = Bytes(0));
  uint64_t count() const { return samples_.size(); }
  std::chrono::nanoseconds mean() const;
  std::chrono::nanoseconds of(Bytes amount) const;
  // What the index-th, counted round and round, would have taken with that amount.
  std::chrono::nanoseconds sample(uint64_t index, Bytes amount) const;

 private:
  struct Sample {
    std::chrono::nanoseconds time;
    Bytes amount;
  };
  double slope() const;

  std::vector<Sample> samples_;
  double times_ = 0;
  double amounts_ = 0;
  double squares_ = 0;
  double products_ = 0;
};

// A measurement's times again, in their order: a simulation that takes them has not only the mean
// of the measured run, but its stragglers, for whom others wait.
class Replay {
 public:
  // It outlives this.
  explicit Replay(const Measurement& measurement) : measurement_(&measurement) {}
  bool empty() const { return measurement_->count() == 0; }
  // Nothing, if nothing was measured.
  std::chrono::nanoseconds next(Bytes amount = Bytes(0)) {
    return empty() ? std::chrono::nanoseconds(0) : measurement_->sample(next_++, amount);
  }

 private:
  const Measurement* measurement_;
  uint64_t next_ = 0;
};

// Tasks that do the same on blocks of the same shape.
using KernelKey = std::pair<std::string, workloads::KindShape>;

struct Measurements {
  std::map<KernelKey, Measurement> kernels;  // on a core
  Measurement reads;                         // from the object store, by size
  Measurement writes;
  Measurement metadata;  // counters and requests
  // From a body's hand-over to its start where a worker was free, and from its end to the loop's
  // next step.
  Measurement starts;
  Measurement ends;
  // Of objects that are copied one after another on a thread of their own; these are no reads and
  // writes. The copy alone; the hand-over to the thread where it was free; and that to the loop.
  Measurement copies;
  Measurement copy_starts;
  Measurement copy_ends;
  // From when an event was due to when the loop woke up for it.
  Measurement lateness;
  // Of the loop's thread, for each execution of a task: the scheduler's own work on it.
  std::chrono::nanoseconds loop{};
  // Of objects that are not as large as the DAG says: a command's.
  std::map<ObjectId, Bytes> sizes;
  // Attempts at tasks that failed, e.g. "qr-0: no such file"; and the tasks, each once.
  FailureCauses failures;
  std::set<TaskId> failed_tasks;
};

}  // namespace wukong::runtime

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
#include "workloads/dag/dag.h"

namespace wukong::loop {

// Times that depend on an amount. A line through them, by least squares, has a fixed part and one
// for each byte; how far each time was from the line is kept too.
class Measurement {
 public:
  void add(std::chrono::nanoseconds time, Bytes amount = Bytes(0));
  uint64_t count() const { return samples_.size(); }
  std::chrono::nanoseconds mean() const;
  std::chrono::nanoseconds of(Bytes amount) const;
  // What the index-th of the measured operations would have taken with that amount. After the last
  // comes the first again.
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

// The times of a measurement once more, in their order. So a simulation has not only the measured
// run's mean, but also its stragglers, for which others wait.
class Replay {
 public:
  // The measurement outlives its replay.
  explicit Replay(const Measurement& measurement) : measurement_(&measurement) {}
  bool empty() const { return measurement_->count() == 0; }
  // Zero if nothing was measured.
  std::chrono::nanoseconds next(Bytes amount = Bytes(0)) {
    return empty() ? std::chrono::nanoseconds(0) : measurement_->sample(next_++, amount);
  }

 private:
  const Measurement* measurement_;
  uint64_t next_ = 0;
};

// Tasks that do the same on blocks of the same shape.
using KernelKey = std::pair<std::string, dag::KindShape>;

struct Measurements {
  std::map<KernelKey, Measurement> kernels;  // time on a core
  Measurement reads;                         // from an object store, by size
  Measurement writes;                        // to an object store, by size
  Measurement metadata;                      // requests to the metadata store
  // A body's way to a worker and back: from its submission to its start, if a worker was free, and
  // from its end to the loop's next step.
  Measurement starts;
  Measurement ends;
  // Large objects of an in-process store are copied one after another on a thread of their own, and
  // are not among the reads and writes. For each: the copy alone, the way to the thread if that was
  // free, and the way back to the loop.
  Measurement copies;
  Measurement copy_starts;
  Measurement copy_ends;
  // How much later than it was due the loop woke up for an event that it had waited for.
  Measurement lateness;
  // What one execution of a task takes of the loop's thread: the scheduler's own work on it.
  std::chrono::nanoseconds loop{};
  // The real sizes of objects that are not as large as the DAG says, because a command made them.
  std::map<ObjectId, Bytes> sizes;
  // By task: the least that an execution took from its start to its end.
  std::map<TaskId, std::chrono::nanoseconds> task_times;
  // Attempts at tasks that failed, e.g. "qr-0: no such file"; and the tasks, each once.
  FailureCauses failures;
  std::set<TaskId> failed_tasks;
};

}  // namespace wukong::loop

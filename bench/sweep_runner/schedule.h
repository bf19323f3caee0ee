// Which runs of a sweep are handed out next. Points in order; a point's replicates in batches, the
// next one when the stopping rule has seen the last. Not thread-safe: see Coordinator.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "bench/results/result_store.h"
#include "bench/sweep/sweep_plan.h"

namespace wukong::sweep_runner {

// Every `count`-th point, from `index` on; counted from 0.
struct Shard {
  size_t index = 0;
  size_t count = 1;
};

// Runs that one worker does one after the other: all of one point, so that it makes the experiment
// and the DAG once.
struct Chunk {
  size_t point = 0;
  std::vector<results::Cell> cells;
};

class Schedule {
 public:
  struct Options {
    Shard shard;
    size_t workers = 1;
  };
  // `filled`: cells that have their run already, in order.
  Schedule(const sweep::SweepPlan& plan, const Options& options,
           const std::vector<results::FilledCell>& filled);

  // Nothing: not now. After the last cell that was handed out is done there may be more.
  std::optional<Chunk> next();
  // `watched`: the value that the stopping rule looks at, of a run that completed.
  void done(const results::Cell& cell, std::optional<double> watched);
  // A worker was lost with these.
  void give_back(Chunk chunk);

  bool all_done() const {
    return ready_.empty() && cursor_ >= plan_.points.size() && open_.empty();
  }
  bool is_filled(const results::Cell& cell) const;
  // Cells of this shard that were filled from the start.
  int64_t filled_before() const { return filled_before_; }
  int64_t failed_before() const { return failed_before_; }
  // How many cells there are to fill as far as is known now, in this shard; those that were filled
  // from the start count.
  int64_t expected() const { return expected_; }

 private:
  // A point that was begun and is not done.
  struct OpenPoint {
    int64_t replicates = 0;  // up to the end of the current batch
    size_t pending = 0;      // of this batch
    std::set<results::Cell> filled;
    std::vector<std::vector<double>> watched;  // by system
  };
  void begin_point(size_t point);
  void begin_batch(size_t point, OpenPoint& open, int64_t begin);
  // Makes the chunk ready, and empties it.
  void hand_over(Chunk& chunk, OpenPoint& open);
  // Goes on with the next batch if the rule asks for one.
  void end_batch(size_t point);
  size_t replicates_at_once(int64_t batch) const;

  const sweep::SweepPlan& plan_;
  Options options_;
  size_t cursor_;
  std::deque<Chunk> ready_;
  std::map<size_t, OpenPoint> open_;
  std::map<size_t, std::vector<results::FilledCell>> filled_;  // of points that were not begun
  int64_t expected_ = 0;
  int64_t filled_before_ = 0;
  int64_t failed_before_ = 0;
};

}  // namespace wukong::sweep_runner

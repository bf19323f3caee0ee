// What a worker does with a chunk, wherever it runs: a thread of the coordinator's process, or a
// process of its own that talks to it.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bench/sweep/point_runs.h"
#include "bench/sweep_runner/schedule.h"

namespace wukong::sweep_runner {

// How a worker reaches the coordinator.
class WorkSource {
 public:
  virtual ~WorkSource() = default;
  virtual std::vector<bool> claim(const Chunk& chunk, const std::vector<std::string>& keys) = 0;
  virtual void deliver(const results::Cell& cell, results::RunRecord record) = 0;
  // Asked between two runs: whether to leave the rest of the chunk.
  virtual bool stopping() const = 0;
};

// The point that workers are at: those at the same point share its experiment and DAGs.
class PointCache {
 public:
  PointCache(const sweep::SweepPlan& plan, const experiment::Catalog& catalog)
      : plan_(plan), catalog_(catalog) {}
  std::shared_ptr<sweep::PointRuns> get(size_t point);

 private:
  std::shared_ptr<sweep::PointRuns> find(size_t point);

  const sweep::SweepPlan& plan_;
  const experiment::Catalog& catalog_;
  std::mutex mutex_;
  std::vector<std::pair<size_t, std::weak_ptr<sweep::PointRuns>>> points_;
};

// Returns the cells that were left because of stopping().
std::vector<results::Cell> do_chunk(const Chunk& chunk, sweep::PointRuns& runs, WorkSource& source);

}  // namespace wukong::sweep_runner

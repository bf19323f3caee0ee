#include "bench/sweep/sweep_worker.h"

namespace wukong::bench {

std::shared_ptr<PointRuns> PointCache::find(size_t point) {
  const std::lock_guard lock(mutex_);
  std::erase_if(points_, [](const auto& entry) { return entry.second.expired(); });
  for (const auto& [number, runs] : points_)
    if (number == point) return runs.lock();
  return nullptr;
}

std::shared_ptr<PointRuns> PointCache::get(size_t point) {
  if (std::shared_ptr<PointRuns> shared = find(point)) return shared;
  // Made without the lock: two workers may make the same one, but do not wait for each other.
  auto made = std::make_shared<PointRuns>(plan_, catalog_, point);
  const std::lock_guard lock(mutex_);
  points_.emplace_back(point, made);
  return made;
}

std::vector<Cell> do_chunk(const Chunk& chunk, PointRuns& runs, WorkSource& source) {
  std::vector<std::string> keys;
  for (const Cell& cell : chunk.cells) keys.push_back(runs.key(cell));
  const std::vector<bool> to_do = source.claim(chunk, keys);
  std::vector<Cell> left;
  for (size_t i = 0; i < chunk.cells.size(); ++i) {
    if (!to_do[i]) continue;
    if (source.stopping())
      left.push_back(chunk.cells[i]);
    else
      source.deliver(chunk.cells[i], runs.run(chunk.cells[i]));
  }
  return left;
}

}  // namespace wukong::bench

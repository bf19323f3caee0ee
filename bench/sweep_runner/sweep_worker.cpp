#include "bench/sweep_runner/sweep_worker.h"

namespace wukong::sweep_runner {

std::shared_ptr<sweep::PointRuns> PointCache::find(size_t point) {
  const std::lock_guard lock(mutex_);
  std::erase_if(points_, [](const auto& entry) { return entry.second.expired(); });
  for (const auto& [number, runs] : points_)
    if (number == point) return runs.lock();
  return nullptr;
}

std::shared_ptr<sweep::PointRuns> PointCache::get(size_t point) {
  if (std::shared_ptr<sweep::PointRuns> shared = find(point)) return shared;
  // Made without the lock: two workers may make the same one, but do not wait for each other.
  auto made = std::make_shared<sweep::PointRuns>(plan_, catalog_, point);
  const std::lock_guard lock(mutex_);
  points_.emplace_back(point, made);
  return made;
}

std::vector<results::Cell> do_chunk(const Chunk& chunk, sweep::PointRuns& runs,
                                    WorkSource& source) {
  std::vector<std::string> keys;
  for (const results::Cell& cell : chunk.cells) keys.push_back(runs.key(cell));
  const std::vector<bool> to_do = source.claim(chunk, keys);
  std::vector<results::Cell> left;
  for (size_t i = 0; i < chunk.cells.size(); ++i) {
    if (!to_do[i]) continue;
    if (source.stopping())
      left.push_back(chunk.cells[i]);
    else
      source.deliver(chunk.cells[i], runs.run(chunk.cells[i]));
  }
  return left;
}

}  // namespace wukong::sweep_runner

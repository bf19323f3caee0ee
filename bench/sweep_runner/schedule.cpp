#include "bench/sweep_runner/schedule.h"

#include <algorithm>
#include <utility>

#include "sim/base/check.h"

namespace wukong::sweep_runner {
namespace {

// With fewer chunks than this for each worker, the last ones would leave the others idle.
constexpr size_t kChunksPerWorker = 8;

}  // namespace

Schedule::Schedule(const sweep::SweepPlan& plan, const Options& options,
                   const std::vector<results::FilledCell>& filled)
    : plan_(plan), options_(options), cursor_(options.shard.index) {
  ENSURE(options.shard.index < options.shard.count);
  for (const results::FilledCell& cell : filled) {
    const auto point = static_cast<size_t>(cell.cell.point);
    filled_[point].push_back(cell);
    if (point % options.shard.count != options.shard.index) continue;
    ++filled_before_;
    if (!cell.completed) ++failed_before_;
  }
  for (size_t point = cursor_; point < plan.points.size(); point += options.shard.count)
    for (size_t system = 0; system < plan.systems.size(); ++system)
      if (!plan.excluded(point, system)) expected_ += plan.rule.first_batch();
}

std::optional<Chunk> Schedule::next() {
  while (ready_.empty() && cursor_ < plan_.points.size()) {
    begin_point(cursor_);
    cursor_ += options_.shard.count;
  }
  if (ready_.empty()) return std::nullopt;
  Chunk chunk = std::move(ready_.front());
  ready_.pop_front();
  return chunk;
}

void Schedule::begin_point(size_t point) {
  OpenPoint open;
  open.watched.resize(plan_.systems.size());
  if (const auto filled = filled_.find(point); filled != filled_.end()) {
    for (const results::FilledCell& cell : filled->second) {
      open.filled.insert(cell.cell);
      // Those of later batches count when their batch comes.
      if (cell.completed && cell.cell.replicate < plan_.rule.first_batch())
        open.watched.at(static_cast<size_t>(cell.cell.system)).push_back(cell.watched);
    }
  }
  begin_batch(point, open_.emplace(point, std::move(open)).first->second, 0);
}

size_t Schedule::replicates_at_once(int64_t batch) const {
  const size_t points = plan_.points.size() / options_.shard.count + 1;
  const size_t wanted = kChunksPerWorker * options_.workers;
  const size_t pieces = std::max<size_t>(1, wanted / points);
  return std::max<size_t>(1, static_cast<size_t>(batch) / pieces);
}

void Schedule::hand_over(Chunk& chunk, OpenPoint& open) {
  if (chunk.cells.empty()) return;
  open.pending += chunk.cells.size();
  ready_.push_back({chunk.point, std::exchange(chunk.cells, {})});
}

void Schedule::begin_batch(size_t point, OpenPoint& open, int64_t begin) {
  if (begin == 0) open.replicates = plan_.rule.first_batch();
  const int64_t batch = open.replicates - begin;
  ENSURE(batch > 0, batch);
  const auto at_once = static_cast<int64_t>(replicates_at_once(batch));
  // Few points, and one replicate at a time: the systems can go to different workers, too.
  const bool split = at_once == 1 && static_cast<size_t>(batch) * plan_.points.size() <
                                         kChunksPerWorker * options_.workers;
  for (int64_t first = begin; first < open.replicates; first += at_once) {
    Chunk chunk{point, {}};
    for (size_t system = 0; system < plan_.systems.size(); ++system) {
      if (plan_.excluded(point, system)) continue;
      for (int64_t i = first; i < std::min(first + at_once, open.replicates); ++i) {
        const results::Cell cell{static_cast<int64_t>(point), static_cast<int64_t>(system), i};
        if (!open.filled.contains(cell)) chunk.cells.push_back(cell);
      }
      if (split) hand_over(chunk, open);
    }
    hand_over(chunk, open);
  }
  if (open.pending == 0) end_batch(point);
}

void Schedule::end_batch(size_t point) {
  OpenPoint& open = open_.at(point);
  std::vector<std::vector<double>> watched;
  for (size_t system = 0; system < plan_.systems.size(); ++system) {
    if (plan_.excluded(point, system)) continue;
    watched.push_back(open.watched[system]);
    // The order in which they came must not reach the last bit of their mean.
    std::sort(watched.back().begin(), watched.back().end());
  }
  const int64_t begin = open.replicates;
  const int64_t end = watched.empty() ? begin : plan_.rule.next_total(begin, watched);
  if (end == begin) {
    filled_.erase(point);
    open_.erase(point);
    return;
  }
  open.replicates = end;
  expected_ += (end - begin) * static_cast<int64_t>(watched.size());
  if (const auto filled = filled_.find(point); filled != filled_.end())
    for (const results::FilledCell& cell : filled->second)
      if (cell.completed && cell.cell.replicate >= begin && cell.cell.replicate < end)
        open.watched.at(static_cast<size_t>(cell.cell.system)).push_back(cell.watched);
  begin_batch(point, open, begin);
}

void Schedule::done(const results::Cell& cell, std::optional<double> watched) {
  const auto point = static_cast<size_t>(cell.point);
  OpenPoint& open = open_.at(point);
  ENSURE(open.pending > 0, point);
  const bool is_new = open.filled.insert(cell).second;
  ENSURE(is_new, point, cell.system, cell.replicate);
  if (watched) open.watched.at(static_cast<size_t>(cell.system)).push_back(*watched);
  if (--open.pending == 0) end_batch(point);
}

bool Schedule::is_filled(const results::Cell& cell) const {
  const auto open = open_.find(static_cast<size_t>(cell.point));
  return open == open_.end() || open->second.filled.contains(cell);
}

void Schedule::give_back(Chunk chunk) {
  ENSURE(!chunk.cells.empty() && open_.contains(chunk.point), chunk.point);
  ready_.push_front(std::move(chunk));
}

}  // namespace wukong::sweep_runner

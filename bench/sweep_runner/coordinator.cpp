#include "bench/sweep_runner/coordinator.h"

#include <algorithm>
#include <utility>

#include "bench/text/version.h"
#include "sim/base/check.h"

namespace wukong::sweep_runner {
namespace {

bool contains(const Chunk& chunk, const results::Cell& cell) {
  return std::find(chunk.cells.begin(), chunk.cells.end(), cell) != chunk.cells.end();
}

}  // namespace

Coordinator::Coordinator(const sweep::SweepPlan& plan, results::ResultStore& store, int64_t sweep,
                         const Schedule::Options& options)
    : plan_(plan),
      schedule_(plan, options, store.filled_cells(sweep, plan.rule.metric)),
      runs_(known_runs(store, plan.rule.metric)),
      writer_(store, sweep,
              [this](const std::vector<results::FinishedCell>& cells) { committed(cells); }) {
  progress_.expected = schedule_.expected();
  progress_.before = schedule_.filled_before();
  progress_.failed = schedule_.failed_before();
}

std::map<std::string, Coordinator::Run> Coordinator::known_runs(results::ResultStore& store,
                                                                const std::string& watched) {
  std::map<std::string, Run> runs;
  for (const results::KnownRun& known :
       store.known_runs(std::string(text::program_sources()), watched))
    runs[known.key] = {Outcome{known.completed, known.watched}, {}, {}, true};
  return runs;
}

std::optional<Chunk> Coordinator::take() {
  if (stopped_) return std::nullopt;
  std::optional<Chunk> chunk = schedule_.next();
  if (chunk) progress_.running += static_cast<int64_t>(chunk->cells.size());
  progress_.expected = schedule_.expected();
  return chunk;
}

std::optional<Chunk> Coordinator::try_chunk() {
  const std::lock_guard lock(mutex_);
  return take();
}

std::optional<Chunk> Coordinator::wait_for_chunk() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (std::optional<Chunk> chunk = take()) return chunk;
    if (stopped_ || schedule_.all_done()) return std::nullopt;
    wake_.wait(lock);
  }
}

bool Coordinator::idle() const {
  const std::lock_guard lock(mutex_);
  return (stopped_ && progress_.running == 0) || schedule_.all_done();
}

std::vector<bool> Coordinator::claim(const Chunk& chunk, const std::vector<std::string>& keys) {
  ENSURE(chunk.cells.size() == keys.size(), chunk.cells.size(), keys.size());
  const std::lock_guard lock(mutex_);
  std::vector<bool> to_do;
  for (size_t i = 0; i < keys.size(); ++i) {
    const auto [known, is_new] = runs_.try_emplace(keys[i]);
    Run& run = known->second;
    to_do.push_back(is_new);
    if (is_new) {
      run.owner = chunk.cells[i];
    } else if (run.outcome) {
      if (run.known_before) ++progress_.known;
      fill(chunk.cells[i], keys[i], std::nullopt, *run.outcome);
    } else {
      run.waiting.push_back(chunk.cells[i]);
    }
  }
  return to_do;
}

void Coordinator::deliver(const results::Cell& cell, results::RunRecord record) {
  const std::lock_guard lock(mutex_);
  const auto known = runs_.find(record.key);
  // A worker that was given up for lost may deliver in the end what another does again.
  if (known == runs_.end() || known->second.outcome || known->second.owner != cell) return;
  Run& run = known->second;
  run.outcome = Outcome{record.completed(), record.watched};
  warnings_.insert(record.warnings.begin(), record.warnings.end());
  const std::string key = record.key;
  fill(cell, key, std::move(record), *run.outcome);
  for (const results::Cell& waiting : std::exchange(run.waiting, {}))
    fill(waiting, key, std::nullopt, *run.outcome);
}

std::vector<std::string> Coordinator::warnings() const {
  const std::lock_guard lock(mutex_);
  return {warnings_.begin(), warnings_.end()};
}

void Coordinator::fill(const results::Cell& cell, const std::string& key,
                       std::optional<results::RunRecord> record, const Outcome& outcome) {
  --progress_.running;
  writer_.add({cell, plan_.coordinates_at(static_cast<size_t>(cell.point)), key, std::move(record),
               outcome.completed});
  schedule_.done(cell, outcome.completed ? std::optional(outcome.watched) : std::nullopt);
  progress_.expected = schedule_.expected();
  wake_.notify_all();
}

void Coordinator::give_back(const Chunk& chunk) {
  const std::lock_guard lock(mutex_);
  Chunk left{chunk.point, {}};
  std::vector<Chunk> others;
  for (const results::Cell& cell : chunk.cells)
    if (!schedule_.is_filled(cell)) left.cells.push_back(cell);
  // Its runs are nobody's now; a cell that waits for one of them has to do it itself.
  for (auto run = runs_.begin(); run != runs_.end();) {
    std::erase_if(run->second.waiting,
                  [&](const results::Cell& cell) { return contains(left, cell); });
    const bool lost =
        run->second.owner && !run->second.outcome && contains(left, *run->second.owner);
    if (lost)
      for (const results::Cell& cell : run->second.waiting)
        others.push_back({static_cast<size_t>(cell.point), {cell}});
    run = lost ? runs_.erase(run) : std::next(run);
  }
  others.push_back(std::move(left));
  for (Chunk& other : others) {
    progress_.running -= static_cast<int64_t>(other.cells.size());
    if (!other.cells.empty()) schedule_.give_back(std::move(other));
  }
  wake_.notify_all();
}

void Coordinator::committed(const std::vector<results::FinishedCell>& cells) {
  const std::lock_guard lock(mutex_);
  for (const results::FinishedCell& cell : cells) {
    ++progress_.committed;
    if (cell.record) ++progress_.computed;
    if (!cell.completed) ++progress_.failed;
  }
}

void Coordinator::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  wake_.notify_all();
}

void Coordinator::finish() { writer_.finish(); }

SweepProgress Coordinator::progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

}  // namespace wukong::sweep_runner

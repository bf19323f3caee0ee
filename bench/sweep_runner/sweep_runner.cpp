#include "bench/sweep_runner/sweep_runner.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <system_error>
#include <thread>

#include "bench/results/file_lock.h"
#include "bench/results/query.h"
#include "bench/sweep_runner/sweep_worker.h"
#include "bench/text/version.h"

namespace wukong::sweep_runner {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPoll = std::chrono::milliseconds(50);

// A coordinator in the same process.
class DirectSource final : public WorkSource {
 public:
  DirectSource(Coordinator& coordinator, const std::atomic<bool>& stopping)
      : coordinator_(coordinator), stopping_(stopping) {}
  std::vector<bool> claim(const Chunk& chunk, const std::vector<std::string>& keys) override {
    return coordinator_.claim(chunk, keys);
  }
  void deliver(const results::Cell& cell, results::RunRecord record) override {
    coordinator_.deliver(cell, std::move(record));
  }
  bool stopping() const override { return stopping_; }

 private:
  Coordinator& coordinator_;
  const std::atomic<bool>& stopping_;
};

class WorkerThreads {
 public:
  // As many as the system has, up to `count`. The last thread to end wakes the watch.
  WorkerThreads(const sweep::SweepPlan& plan, const experiment::Catalog& catalog,
                Coordinator& coordinator, SignalWatch& signals, size_t count)
      : cache_(plan, catalog), coordinator_(coordinator), signals_(signals), working_(count) {
    try {
      while (threads_.size() < count) threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
      if (threads_.empty()) throw;
      working_ -= count - threads_.size();
    } catch (...) {
      stop();
      throw;
    }
  }

  bool working() const { return working_ > 0; }
  // What is running ends; the rest is left.
  void stop() {
    stopping_ = true;
    coordinator_.stop();
  }
  void join() {
    threads_.clear();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void work() {
    try {
      DirectSource source(coordinator_, stopping_);
      std::shared_ptr<sweep::PointRuns>
          runs;  // kept, for the next chunk is often of the same point
      while (const std::optional<Chunk> chunk = coordinator_.wait_for_chunk()) {
        runs = cache_.get(chunk->point);
        const std::vector<results::Cell> left = do_chunk(*chunk, *runs, source);
        if (!left.empty()) coordinator_.give_back({chunk->point, left});
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      error_ = std::current_exception();
      stop();
    }
    if (--working_ == 0) signals_.wake();
  }

  PointCache cache_;
  Coordinator& coordinator_;
  SignalWatch& signals_;
  std::atomic<bool> stopping_ = false;
  std::atomic<size_t> working_;
  std::mutex mutex_;
  std::exception_ptr error_;
  std::vector<std::jthread> threads_;
};

std::optional<int> work_with_threads(const sweep::SweepPlan& plan,
                                     const experiment::Catalog& catalog, size_t count,
                                     Coordinator& coordinator, SignalWatch& signals,
                                     ProgressDisplay& display) {
  WorkerThreads workers(plan, catalog, coordinator, signals, count);
  std::optional<int> stopped_by;
  while (workers.working()) {
    if (const std::optional<int> signal = signals.wait_for(kPoll)) {
      if (stopped_by) ::_exit(128 + *signal);  // asked again: without waiting for what is running
      stopped_by = signal;
      workers.stop();
    }
    if (coordinator.writing_failed()) workers.stop();
    display.show(coordinator.progress());
  }
  workers.join();
  return stopped_by;
}

}  // namespace

SweepOutcome conduct_sweep(const sweep::SweepPlan& plan, const experiment::Catalog& catalog,
                           const SweepOptions& options, size_t workers, const Work& work) {
  const Clock::time_point start = Clock::now();
  const results::SweepIdentity identity{
      sweep::check_sweep(plan, catalog, options.threads),
      fmt::format("{} ({})", text::program_version(), text::program_commit()),
      sweep::sweep_document(plan)};
  SignalWatch signals;  // from here on Ctrl-C leaves nothing behind
  const results::FileLock lock(options.results);
  results::ResultStore store = results::ResultStore::open_for_writing(options.results);
  const int64_t sweep = store.find_or_add_sweep(identity);
  results::write_results_view(store);
  SweepOutcome outcome;
  {
    Coordinator coordinator(plan, store, sweep, {options.shard, workers});
    ProgressDisplay display(options.progress);
    outcome.signal = work(coordinator, signals, display);
    coordinator.finish();
    outcome.progress = coordinator.progress();
    outcome.warnings = coordinator.warnings();
    display.end(outcome.progress);
    outcome.writing_seconds = std::chrono::duration<double>(coordinator.writing_time()).count();
  }
  outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return outcome;
}

SweepOutcome run_sweep(const sweep::SweepPlan& plan, const experiment::Catalog& catalog,
                       const SweepOptions& options) {
  const size_t threads =
      options.threads > 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  return conduct_sweep(
      plan, catalog, options, threads,
      [&](Coordinator& coordinator, SignalWatch& signals, ProgressDisplay& display) {
        return work_with_threads(plan, catalog, threads, coordinator, signals, display);
      });
}

}  // namespace wukong::sweep_runner

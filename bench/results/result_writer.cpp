#include "bench/results/result_writer.h"

#include <algorithm>
#include <utility>

namespace wukong::results {
namespace {

using Clock = std::chrono::steady_clock;

// A transaction takes about 0.7 ms of processor time, however few rows it has, and mostly waits for
// the disk, while workers do not wait for it. Ten in a second keep it below 1 % of one core; and
// nothing is lost that is older than half a second.
constexpr int kShare = 4;
constexpr std::chrono::nanoseconds kShortestPause = std::chrono::milliseconds(100);
constexpr std::chrono::nanoseconds kLongestPause = std::chrono::milliseconds(500);

}  // namespace

ResultWriter::ResultWriter(ResultStore& store, int64_t sweep, Committed committed)
    : store_(store), sweep_(sweep), committed_(std::move(committed)), thread_([this] { work(); }) {}

ResultWriter::~ResultWriter() {
  try {
    finish();
  } catch (...) {
    // Reported by the finish() that came before, or by what is being thrown now.
  }
}

// Only the first one wakes the thread; for the others it would look and go back to sleep.
void ResultWriter::add(FinishedCell finished) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = waiting_.empty();
    waiting_.push_back(std::move(finished));
  }
  if (first) wake_.notify_one();
}

void ResultWriter::finish() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

bool ResultWriter::failed() const {
  const std::lock_guard lock(mutex_);
  return error_ != nullptr;
}

std::chrono::nanoseconds ResultWriter::writing_time() const {
  const std::lock_guard lock(mutex_);
  return writing_time_;
}

void ResultWriter::work() {
  std::unique_lock lock(mutex_);
  Clock::time_point next{};
  for (;;) {
    wake_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
    wake_.wait_until(lock, next, [&] { return ending_; });
    if (waiting_.empty()) return;
    const std::vector<FinishedCell> batch = std::exchange(waiting_, {});
    lock.unlock();
    const Clock::time_point begin = Clock::now();
    try {
      write(batch);
      committed_(batch);
    } catch (...) {
      lock.lock();
      error_ = std::current_exception();
      return;
    }
    const auto took = Clock::now() - begin;  // committed_ only counts
    lock.lock();
    writing_time_ += took;
    next =
        begin + std::clamp<std::chrono::nanoseconds>(took * kShare, kShortestPause, kLongestPause);
  }
}

void ResultWriter::write(const std::vector<FinishedCell>& batch) {
  Transaction transaction(store_.database());
  for (const FinishedCell& finished : batch) {
    if (finished.record) store_.add_run(*finished.record);
    store_.add_point(sweep_, finished.cell.point, finished.coordinates);
    store_.fill_cell(sweep_, finished.cell, finished.key);
  }
  transaction.commit();
}

}  // namespace wukong::results

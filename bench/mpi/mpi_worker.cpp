#include "bench/mpi/mpi_worker.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "bench/mpi/mailbox.h"
#include "bench/mpi/messages.h"
#include "bench/mpi/nap.h"
#include "bench/sweep_runner/sweep_worker.h"
#include "sim/base/error.h"

namespace wukong::mpi {
namespace {

namespace mpi = boost::mpi;
using Clock = std::chrono::steady_clock;
// Longer than a disk may keep rank 0 from answering.
constexpr auto kPatienceWithRank0 = std::chrono::seconds(60);

// Between the two threads of a worker. The computing one is the WorkSource's user.
class WorkerDesk final : public sweep_runner::WorkSource {
 public:
  std::vector<bool> claim(const sweep_runner::Chunk&,
                          const std::vector<std::string>& keys) override {
    std::unique_lock lock(mutex_);
    claim_ = keys;
    decision_.reset();
    wake_.wait(lock, [&] { return decision_.has_value(); });
    return *decision_;
  }
  void deliver(const results::Cell& cell, results::RunRecord record) override {
    const std::lock_guard lock(mutex_);
    records_.push_back({cell, std::move(record)});
  }
  bool stopping() const override { return false; }

  void decide(std::vector<bool> decision) {
    const std::lock_guard lock(mutex_);
    decision_ = std::move(decision);
    wake_.notify_one();
  }
  std::optional<std::vector<std::string>> take_claim() {
    const std::lock_guard lock(mutex_);
    return std::exchange(claim_, std::nullopt);
  }
  std::vector<RecordMessage> take_records() {
    const std::lock_guard lock(mutex_);
    return std::exchange(records_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<std::vector<std::string>> claim_;
  std::optional<std::vector<bool>> decision_;
  std::vector<RecordMessage> records_;
};

// The computing thread: one chunk at a time.
class ChunkThread {
 public:
  ChunkThread(WorkerDesk& desk, sweep_runner::PointCache& cache) : desk_(desk), cache_(cache) {}
  ~ChunkThread() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    wake_.notify_one();
  }

  void start(sweep_runner::Chunk chunk) {
    const std::lock_guard lock(mutex_);
    chunk_ = std::move(chunk);
    wake_.notify_one();
  }
  bool busy() const {
    const std::lock_guard lock(mutex_);
    if (error_) std::rethrow_exception(error_);
    return chunk_.has_value();
  }

 private:
  void work() {
    std::shared_ptr<sweep::PointRuns> runs;
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return ending_ || chunk_.has_value(); });
      if (ending_) return;
      const sweep_runner::Chunk chunk = *chunk_;
      lock.unlock();
      std::exception_ptr error;
      try {
        runs = cache_.get(chunk.point);
        sweep_runner::do_chunk(chunk, *runs, desk_);
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      error_ = error;
      chunk_.reset();
    }
  }

  WorkerDesk& desk_;
  sweep_runner::PointCache& cache_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<sweep_runner::Chunk> chunk_;
  std::exception_ptr error_;
  bool ending_ = false;
  std::jthread thread_{[this] { work(); }};  // last: it uses the others
};

}  // namespace

bool work_for_rank_0(const mpi::communicator& world, const sweep::SweepPlan& plan,
                     const experiment::Catalog& catalog) {
  WorkerDesk desk;
  sweep_runner::PointCache cache(plan, catalog);
  ChunkThread computing(desk, cache);
  Mailbox mailbox(world);
  bool asked = false;    // for a chunk
  bool working = false;  // on a chunk
  Nap nap;
  Clock::time_point spoke{};
  Clock::time_point heard = Clock::now();
  for (;;) {
    bool idle = true;
    const auto send = [&](MessageTag tag, const auto&... body) {
      mailbox.send(0, tag, body...);
      spoke = Clock::now();
      idle = false;
    };
    // What the thread has delivered goes before the news that it is done.
    const bool busy = computing.busy();
    for (const RecordMessage& message : desk.take_records()) send(kRecord, message);
    if (const auto claim = desk.take_claim()) send(kClaim, *claim);
    if (working && !busy) {
      working = false;
      send(kDone);
    }
    if (!working && !asked) {
      asked = true;
      send(kReady);
    }
    if (const std::optional<Message> message = mailbox.receive()) {
      idle = false;
      heard = Clock::now();
      if (message->tag == kDecision) desk.decide(message->read<std::vector<bool>>());
      if (message->tag == kChunk) {
        sweep_runner::Chunk chunk = message->read<sweep_runner::Chunk>();
        if (chunk.cells.empty()) return chunk.point == kSomeoneDied;
        asked = false;
        working = true;
        computing.start(std::move(chunk));
      }
    }
    if (Clock::now() - heard > kPatienceWithRank0)
      throw Error({"", 0, "MPI"}, "rank 0 to be alive",
                  "nothing from it for a minute; what was finished is in the file");
    if (Clock::now() - spoke > kAlivePause) send(kAlive);
    if (idle)
      std::this_thread::sleep_for(nap.next());
    else
      nap.reset();
  }
}

}  // namespace wukong::mpi

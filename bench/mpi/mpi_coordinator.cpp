#include "bench/mpi/mpi_coordinator.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

#include "bench/mpi/messages.h"
#include "bench/mpi/nap.h"
#include "sim/base/error.h"

namespace wukong::bench {
namespace {

namespace mpi = boost::mpi;
using Clock = std::chrono::steady_clock;

// A worker says something twice a second; one that is silent for so long is taken for dead. If it
// was only stopped and speaks again, it gets work again.
constexpr auto kLongestSilence = std::chrono::seconds(5);

struct Worker {
  int rank = 0;
  Clock::time_point heard;
  std::optional<Chunk> chunk;  // what it works on
  bool waits = false;          // for a chunk
  bool dead = false;
  bool released = false;  // was told that there is no more
};

class ServiceDesk {
 public:
  ServiceDesk(const mpi::communicator& world, Coordinator& coordinator)
      : world_(world), coordinator_(coordinator) {
    for (int rank = 1; rank < world.size(); ++rank) workers_.push_back({rank, Clock::now(), {}});
  }

  // One message, if there is one.
  bool receive() {
    const auto status = world_.iprobe(mpi::any_source, mpi::any_tag);
    if (!status) return false;
    Worker& worker = workers_.at(static_cast<size_t>(status->source() - 1));
    worker.heard = Clock::now();
    worker.dead = false;
    answer(worker, status->tag());
    return true;
  }

  // Chunks to those who wait for one.
  bool hand_out() {
    bool handed = false;
    for (Worker& worker : workers_) {
      if (!worker.waits || worker.dead) continue;
      worker.chunk = coordinator_.try_chunk();
      if (!worker.chunk) return handed;
      worker.waits = false;
      world_.send(worker.rank, kChunk, *worker.chunk);
      handed = true;
    }
    return handed;
  }

  void bury_the_silent() {
    for (Worker& worker : workers_) {
      if (worker.dead || Clock::now() - worker.heard < kLongestSilence) continue;
      worker.dead = true;
      fmt::print(stderr, "wukong: rank {} has died; its runs go to others\n", worker.rank);
      if (worker.chunk) coordinator_.give_back(*worker.chunk);
      worker.chunk.reset();
    }
    if (std::all_of(workers_.begin(), workers_.end(), [](const Worker& w) { return w.dead; }))
      throw Error({"", 0, "MPI"}, "a worker that is alive", "none; what is finished is kept");
  }

  bool lost_ranks() const {
    return std::any_of(workers_.begin(), workers_.end(), [](const Worker& w) { return w.dead; });
  }

  // Each worker is told when it next asks, so that none waits for ever.
  bool release() {
    for (Worker& worker : workers_) {
      if (!worker.waits || worker.released || worker.dead) continue;
      world_.send(worker.rank, kChunk, Chunk{lost_ranks() ? kSomeoneDied : 0, {}});
      worker.released = true;
    }
    return std::all_of(workers_.begin(), workers_.end(),
                       [](const Worker& w) { return w.dead || w.released; });
  }

 private:
  void answer(Worker& worker, int tag) {
    if (tag == kRecord) {
      RecordMessage message;
      world_.recv(worker.rank, kRecord, message);
      coordinator_.deliver(message.cell, std::move(message.record));
    } else if (tag == kClaim) {
      std::vector<std::string> keys;
      world_.recv(worker.rank, kClaim, keys);
      // Without a chunk it had been taken for dead, and there is nothing left of it to do.
      std::vector<bool> decision(keys.size(), false);
      if (worker.chunk) decision = coordinator_.claim(*worker.chunk, keys);
      world_.send(worker.rank, kDecision, std::vector<char>(decision.begin(), decision.end()));
    } else {
      world_.recv(worker.rank, tag);
      if (tag == kDone) worker.chunk.reset();
      if (tag == kReady) worker.waits = true;
    }
  }

  const mpi::communicator& world_;
  Coordinator& coordinator_;
  std::vector<Worker> workers_;
};

}  // namespace

ServiceEnd serve_workers(const mpi::communicator& world, Coordinator& coordinator,
                         SignalWatch& signals, ProgressDisplay& display) {
  ServiceDesk desk(world, coordinator);
  std::optional<int> stopped_by;
  Nap nap;
  for (;;) {
    bool active = desk.receive();
    if (desk.hand_out()) active = true;
    if (coordinator.idle() && desk.release()) return {stopped_by, desk.lost_ranks()};
    if (active) {
      nap.reset();
      continue;
    }
    desk.bury_the_silent();
    if (coordinator.writing_failed()) coordinator.stop();
    if (const std::optional<int> signal = signals.wait_for(nap.next())) {
      stopped_by = signal;
      coordinator.stop();
    }
    display.show(coordinator.progress());
  }
}

}  // namespace wukong::bench

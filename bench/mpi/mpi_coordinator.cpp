#include "bench/mpi/mpi_coordinator.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

#include "bench/mpi/mailbox.h"
#include "bench/mpi/messages.h"
#include "bench/mpi/nap.h"
#include "bench/text/tell.h"
#include "sim/base/check.h"
#include "sim/base/error.h"

namespace wukong::mpi {
namespace {

namespace mpi = boost::mpi;
using Clock = std::chrono::steady_clock;

// A worker says something twice a second; one that is silent for so long is taken for dead. If it
// was only stopped and speaks again, it gets work again.
constexpr auto kLongestSilence = std::chrono::seconds(5);

struct Worker {
  int rank = 0;
  Clock::time_point heard;
  std::optional<sweep_runner::Chunk> chunk;  // what it works on
  bool waits = false;                        // for a chunk
  bool dead = false;
  bool released = false;  // was told that there is no more
};

class ServiceDesk {
 public:
  ServiceDesk(const mpi::communicator& world, sweep_runner::Coordinator& coordinator)
      : mailbox_(world), coordinator_(coordinator) {
    for (int rank = 1; rank < world.size(); ++rank) workers_.push_back({rank, Clock::now(), {}});
  }

  // One message, if there is one.
  bool receive() {
    const std::optional<Message> message = mailbox_.receive();
    if (!message) return false;
    Worker& worker = workers_.at(static_cast<size_t>(message->rank - 1));
    worker.heard = Clock::now();
    worker.dead = false;
    answer(worker, *message);
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
      mailbox_.send(worker.rank, kChunk, *worker.chunk);
      handed = true;
    }
    return handed;
  }

  void bury_the_silent() {
    for (Worker& worker : workers_) {
      if (worker.dead || Clock::now() - worker.heard < kLongestSilence) continue;
      worker.dead = true;
      text::tell("wukong: rank {} has died; its runs go to others\n", worker.rank);
      if (worker.chunk) coordinator_.give_back(*worker.chunk);
      worker.chunk.reset();
    }
    if (std::all_of(workers_.begin(), workers_.end(), [](const Worker& w) { return w.dead; }))
      throw Error({"", 0, "MPI"}, "a worker that is alive", "none; what is finished is kept");
  }

  void say_alive() {
    if (Clock::now() - spoke_ < kAlivePause) return;
    spoke_ = Clock::now();
    for (const Worker& worker : workers_)
      if (!worker.dead && !worker.released) mailbox_.send(worker.rank, kAlive);
  }

  bool lost_ranks() const {
    return std::any_of(workers_.begin(), workers_.end(), [](const Worker& w) { return w.dead; });
  }

  // Each worker is told when it next asks, so that none waits for ever.
  bool release() {
    for (Worker& worker : workers_) {
      if (!worker.waits || worker.released || worker.dead) continue;
      mailbox_.send(worker.rank, kChunk, sweep_runner::Chunk{lost_ranks() ? kSomeoneDied : 0, {}});
      worker.released = true;
    }
    return std::all_of(workers_.begin(), workers_.end(), [this](const Worker& w) {
      return w.dead || (w.released && mailbox_.sent_all(w.rank));
    });
  }

 private:
  void answer(Worker& worker, const Message& message) {
    switch (message.tag) {
      case kReady:
        worker.waits = true;
        return;
      case kDone:
        worker.chunk.reset();
        return;
      case kAlive:
        return;
      case kRecord:
        take_record(message.read<RecordMessage>());
        return;
      case kClaim:
        decide(worker, message.read<std::vector<std::string>>());
        return;
      case kChunk:
      case kDecision:
        break;
    }
    ENSURE(false, "a worker sends only what a worker may send");
  }

  void take_record(RecordMessage message) {
    coordinator_.deliver(message.cell, std::move(message.record));
  }

  // Without a chunk the worker had been taken for dead, and there is nothing left of it to do.
  void decide(const Worker& worker, const std::vector<std::string>& keys) {
    std::vector<bool> decision(keys.size(), false);
    if (worker.chunk) decision = coordinator_.claim(*worker.chunk, keys);
    mailbox_.send(worker.rank, kDecision, decision);
  }

  Mailbox mailbox_;
  sweep_runner::Coordinator& coordinator_;
  std::vector<Worker> workers_;
  Clock::time_point spoke_ = Clock::now();
};

}  // namespace

ServiceEnd serve_workers(const mpi::communicator& world, sweep_runner::Coordinator& coordinator,
                         sweep_runner::SignalWatch& signals,
                         sweep_runner::ProgressDisplay& display) {
  ServiceDesk desk(world, coordinator);
  std::optional<int> stopped_by;
  Nap nap;
  for (;;) {
    desk.say_alive();
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

}  // namespace wukong::mpi

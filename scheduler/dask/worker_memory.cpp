// The worker's memory limits, from the mildest to the last: spill, pause, death.
#include <algorithm>

#include "scheduler/dask/reservation.h"
#include "scheduler/dask/worker.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {

using sim::Task;

// To be called when memory has grown. The monitor and the nanny look at fixed intervals; they are
// processes here only while there is something to see.
void DaskWorker::check_memory() {
  if (memory_.above_spill() && !monitored_) {
    monitored_ = true;
    activities_->spawn(monitor_memory(), "Dask memory monitor");
  }
  if ((memory_.above_terminate() || doomed_) && !watched_) {
    watched_ = true;
    nanny_->spawn(watch(), "Dask nanny");
  }
}

Task<> DaskWorker::monitor_memory() {
  do {
    co_await engine_.sleep(options_.memory.monitor_interval, "the next look at its memory");
    paused_ = memory_.above_pause();
    if (memory_.above_spill()) {
      const Bytes unmanaged = memory_.process() - memory_.managed();
      co_await spill(std::max(Bytes(0), memory_.spill_target() - unmanaged));
      paused_ = memory_.above_pause();
    }
    start_tasks();
  } while (memory_.above_spill());
  monitored_ = false;
}

// Writes what was used longest ago to disk until no more than `goal` of objects is in memory.
Task<> DaskWorker::spill(Bytes goal) {
  if (memory_.managed() <= goal) co_return;
  const auto turn = co_await spilling_.acquire("an object that is being spilled");
  while (memory_.managed() > goal) {
    const auto oldest = memory_.oldest();
    if (!oldest) co_return;
    const Bytes size = memory_.size(*oldest);
    if (memory_.stored() - memory_.managed() + size > share_of(options_.disk_capacity))
      co_return;  // no space left
    sim::Span span(engine_, {sim::SpanKind::object, "spill", host_.id.value(), oldest->value()});
    span.note("bytes", size.count());
    co_await use_disk(size, memory_.cache_takes(size));
    memory_.moved_to_disk(*oldest);
  }
}

Bytes DaskWorker::share_of(Bytes machine) const {
  return machine / options_.workers.workers_per_machine;
}

Task<> DaskWorker::use_disk(Bytes amount, bool cached) {
  const Duration copied = transfer_time(amount, options_.disk_cache);
  co_await engine_.sleep(copied, "the page cache");
  if (cached) co_return;
  co_await disk_.pass(amount);
}

Task<> DaskWorker::watch() {
  co_await engine_.sleep(options_.memory.terminate_interval, "the nanny's next look");
  watched_ = false;
  if (!memory_.above_terminate() && !doomed_) co_return;
  watched_ = true;
  die("ran out of memory");
  co_await restart();
  watched_ = false;
}

Task<> DaskWorker::restart() {
  const sim::Span span(engine_, {sim::SpanKind::wait, "restart", host_.id.value()});
  co_await engine_.sleep(options_.memory.restart_time, "the start of a worker");
  up_ = true;
  cluster_.inbox.receive(WorkerBack{id_});
}

void DaskWorker::kill_by_fault() {
  if (!up_) return;
  die("was killed");
  nanny_->spawn(restart(), "Dask nanny");
}

void DaskWorker::die(const char* how) {
  up_ = false;
  ++life_;
  ++cluster_.platform.usage().worker_deaths;
  activities_.reset();
  activities_.emplace(engine_);
  inbound_.clear();
  outbound_.clear();
  memory_.clear();
  cluster_.platform.values().clear(host_, sim::HostFate::vacated);
  tasks_.clear();
  ready_.clear();
  wanted_.clear();
  peers_.clear();
  peers_in_turn_.clear();
  running_ = open_requests_ = serving_ = busy_in_a_row_ = 0;
  paused_ = monitored_ = doomed_ = false;
  cluster_.inbox.receive(WorkerLost{id_, how});
}

}  // namespace wukong::scheduler

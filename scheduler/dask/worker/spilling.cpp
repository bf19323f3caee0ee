#include "scheduler/dask/worker/spilling.h"

#include <algorithm>
#include <utility>

#include "scheduler/dask/worker/reservation.h"
#include "sim/engine/span.h"
#include "sim/fluid/fluid.h"

namespace wukong::dask_worker {

using engine::Task;

DaskSpilling::DaskSpilling(const DaskSite& site, DaskLife& life, DaskMemory& memory,
                           DaskNanny& nanny, InlineFunction<void()> looked)
    : site_(site),
      life_(life),
      memory_(memory),
      nanny_(nanny),
      looked_(std::move(looked)),
      spills_(site.engine, 1) {}

void DaskSpilling::grown() {
  if (memory_.above_spill() && !monitored_) {
    monitored_ = true;
    life_.spawn(monitor(), "Dask memory monitor");
  }
  nanny_.look();
}

Task<> DaskSpilling::monitor() {
  do {
    co_await site_.engine.sleep(site_.options().memory.monitor_interval,
                                "the next look at its memory");
    paused_ = memory_.above_pause();
    if (memory_.above_spill()) {
      const Bytes unmanaged = memory_.process() - memory_.managed();
      co_await spill(std::max(Bytes(0), memory_.spill_target() - unmanaged));
      paused_ = memory_.above_pause();
    }
    looked_();
  } while (memory_.above_spill());
  monitored_ = false;
}

// Until no more than `goal` of objects is in memory.
Task<> DaskSpilling::spill(Bytes goal) {
  if (memory_.managed() <= goal) co_return;
  const auto turn = co_await spills_.acquire("an object that is being spilled");
  while (memory_.managed() > goal) {
    const auto oldest = memory_.oldest();
    if (!oldest) co_return;
    const Bytes size = memory_.size(*oldest);
    const Bytes disk = site_.share_of(site_.options().disk_capacity);
    if (memory_.stored() - memory_.managed() + size > disk) co_return;  // no space left
    engine::Span span(site_.engine, {engine::SpanKind::object, "spill", site_.host().id.value(),
                                     oldest->value()});
    span.note("bytes", size.count());
    co_await use_disk(size, memory_.cache_takes(size));
    memory_.moved_to_disk(*oldest);
  }
}

Task<> DaskSpilling::load(ObjectId object) {
  if (!memory_.on_disk(object)) co_return;
  const Bytes size = memory_.size(object);
  DaskReservation buffer(memory_, size);
  grown();
  engine::Span span(site_.engine,
                    {engine::SpanKind::object, "load", site_.host().id.value(), object.value()});
  span.note("bytes", size.count());
  co_await use_disk(size, memory_.cached(object));
  memory_.moved_to_memory(object);
}

Task<> DaskSpilling::read(ObjectId object) {
  if (!memory_.on_disk(object)) co_return;
  co_await use_disk(memory_.size(object), memory_.cached(object));
}

Task<> DaskSpilling::use_disk(Bytes amount, bool cached) {
  const Duration copied = transfer_time(amount, site_.options().disk_cache);
  co_await site_.engine.sleep(copied, "the page cache");
  if (cached) co_return;
  co_await site_.disk.pass(amount);
}

}  // namespace wukong::dask_worker

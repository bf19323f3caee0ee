#include "scheduler/dask/worker/fetching.h"

#include <algorithm>
#include <utility>

#include "scheduler/dask/worker/reservation.h"
#include "scheduler/dask/worker/worker.h"
#include "scheduler/policy/stopwatch.h"
#include "sim/base/portable_math.h"
#include "sim/engine/span.h"
#include "sim/fluid/fluid.h"
#include "sim/hosts/machine.h"
#include "sim/hosts/values.h"
#include "sim/network/network.h"
#include "sim/platform/platform.h"

namespace wukong::dask_worker {

using accounting::Activity;
using engine::Task;

namespace {

// Both event loops, and between machines their networks.
network::Route route_between(const DaskSite& from, const DaskSite& to) {
  network::Route route;
  route.via(from.sending);
  if (&from.machine != &to.machine)
    route.via(from.machine.host.outbound).via(to.machine.host.inbound);
  return route.via(to.receiving);
}

}  // namespace

DaskFetching::DaskFetching(const DaskSite& site, DaskLife& life, DaskMemory& memory,
                           DaskSpilling& spilling, InlineFunction<void(TaskId)> arrived)
    : site_(site),
      life_(life),
      memory_(memory),
      spilling_(spilling),
      arrived_(std::move(arrived)),
      queue_(site.dag(), site.id) {}

void DaskFetching::want(TaskId task, const dask_common::DaskSource& source) {
  const bool is_new = queue_.want(source.object, task);
  if (is_new) queue_.enqueue(source);
}

void DaskFetching::found(const dask_common::DaskSource& source) {
  if (!queue_.lacks_source(source.object)) return;
  if (memory_.holds(source.object)) {
    // Made here meanwhile: a worker died, and this one did the task again.
    for (const TaskId task : queue_.take_waiting(source.object)) arrived_(task);
    return;
  }
  // The scheduler has not heard yet that this worker died with it.
  if (source.worker == site_.id) return want_again({source.object});
  queue_.enqueue(source);
  request_more();
}

void DaskFetching::request_more() {
  while (open_requests_ < site_.options().outgoing_requests) {
    const auto peer = queue_.next_peer();
    if (!peer) return;
    ++open_requests_;
    life_.spawn(gather(*peer), "Dask request to a peer");
  }
}

Task<> DaskFetching::gather(dask_common::WorkerId peer) {
  const std::vector<ObjectId> objects = queue_.take_batch(peer, site_.options().request_bytes);
  RequestEnd end = RequestEnd::done;
  DaskServing& server = site_.cluster.workers[peer.index()].serving();
  if (!objects.empty()) end = co_await request(server, objects);
  --open_requests_;
  queue_.request_ended(peer);
  if (end == RequestEnd::busy)
    for (const ObjectId object : objects) queue_.enqueue({object, peer});
  if (end == RequestEnd::gone) want_again(objects);
  if (end == RequestEnd::busy) {
    // Whatever ends meanwhile tries again at once.
    co_await wait_while_busy(peer, objects);
  } else if (!objects.empty()) {
    busy_in_a_row_ = 0;
  }
  co_await spilling_.make_room();
  request_more();
}

Task<DaskFetching::RequestEnd> DaskFetching::request(DaskServing& peer,
                                                     const std::vector<ObjectId>& objects) {
  engine::Engine& engine = site_.engine;
  const dask_common::DaskOptions& options = site_.options();
  platform::Platform& platform = site_.cluster.platform;
  const scheduler::Stopwatch stopwatch(engine, platform.usage(), Activity::storage_io);
  engine::Span span(engine, {engine::SpanKind::object, "request to a peer", site_.host().id.value(),
                             objects.front().value()});
  span.note("peer", peer.site().id.value());
  span.note("objects", static_cast<int64_t>(objects.size()));
  const uint32_t life = peer.life().number();
  {
    const auto turn = co_await site_.process.interpreter().acquire("its event loop");
    co_await engine.sleep(options.message_time, "its event loop");
  }
  co_await engine.sleep(2 * options.message_latency, "a reply of a peer");
  if (!peer.life().goes_on(life)) co_return RequestEnd::gone;
  // The peer's event loop takes one request after another, and only then sees whether it is busy:
  // so many that come at once are not all turned away at once, to come back at once.
  co_await peer.accept();
  if (!peer.life().goes_on(life)) co_return RequestEnd::gone;
  if (peer.busy_for(site_)) {
    span.note("busy", 1);
    co_return RequestEnd::busy;
  }
  const DaskServing::Service service(peer);
  if (!peer.has_all(objects)) co_return RequestEnd::gone;
  co_await transfer(peer, objects);
  co_await spilling_.make_room();  // before there is room, they are not taken
  if (!peer.life().goes_on(life)) co_return RequestEnd::gone;
  for (const ObjectId object : objects) {
    platform.values().copy(peer.site().host(), site_.host(), object);
    take_in(object);
  }
  co_return RequestEnd::done;
}

Task<> DaskFetching::transfer(DaskServing& peer, const std::vector<ObjectId>& objects) {
  Bytes total;
  for (const ObjectId object : objects) total += site_.dag().size(object).actual;
  DaskReservation buffer(memory_, total / 2);  // it grows with what arrives: this is its mean
  spilling_.grown();
  co_await peer.prepare(objects);
  const Time start = site_.engine.now();
  engine::Span span(site_.engine, {engine::SpanKind::object, "transfer", site_.host().id.value(),
                                   objects.front().value()});
  span.note("bytes", total.count());
  const network::Route route = route_between(peer.site(), site_);
  co_await site_.cluster.platform.network().transfer(total, route);
  accounting::Usage& usage = site_.cluster.platform.usage();
  usage.read += total;
  usage.written += total;
  const Duration taken = site_.engine.now() - start;
  if (total < site_.options().bandwidth_sample || taken == Duration::zero()) co_return;
  const double rate = static_cast<double>(total.count()) / taken.to_seconds();
  site_.outbound.send(dask_common::TransferMeasured{Bandwidth::whole(rate)});
}

void DaskFetching::take_in(ObjectId object) {
  const std::vector<TaskId> waiting = queue_.take_waiting(object);
  memory_.add(object, site_.dag().size(object).actual);
  spilling_.grown();
  site_.outbound.send(dask_common::ObjectFetched{site_.id, object});
  for (const TaskId task : waiting) arrived_(task);
}

// Waits longer every time, then asks the scheduler who else has what is still to be requested.
Task<> DaskFetching::wait_while_busy(dask_common::WorkerId peer,
                                     const std::vector<ObjectId>& objects) {
  constexpr int64_t kMostGrowths = 30;  // five hours with Dask's values; it has no bound itself
  busy_in_a_row_ = std::min(busy_in_a_row_ + 1, kMostGrowths);
  const double growth =
      portable_exp(static_cast<double>(busy_in_a_row_) * portable_log(site_.options().busy_growth));
  {
    const engine::Span span(site_.engine,
                            {engine::SpanKind::wait, "busy peer", site_.host().id.value()});
    co_await site_.engine.sleep(scaled(site_.options().busy_wait, growth), "a busy peer");
  }
  want_again(queue_.withdraw(peer, objects));
}

void DaskFetching::want_again(const std::vector<ObjectId>& objects) {
  for (const ObjectId object : objects)
    if (queue_.lose_source(object))
      site_.outbound.send(dask_common::SourceWanted{site_.id, object});
}

void DaskFetching::clear() {
  queue_.clear();
  open_requests_ = busy_in_a_row_ = 0;
}

}  // namespace wukong::dask_worker

// How a worker gets the objects that its tasks read: from its peers, over few connections, of which
// each peer serves few at a time.
#include <algorithm>

#include "scheduler/dask/reservation.h"
#include "scheduler/dask/worker.h"
#include "scheduler/stopwatch.h"
#include "sim/base/portable_math.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {

using sim::Activity;
using sim::Task;

// A request that this worker serves for a peer.
struct DaskWorker::Service {
  explicit Service(DaskWorker& server) : worker(server), life(server.life_) { ++worker.serving_; }
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service() {
    if (worker.life_ == life) --worker.serving_;
  }
  DaskWorker& worker;
  uint32_t life;
};

void DaskWorker::enqueue(const DaskSource& source) {
  ENSURE(source.worker != id_, source.object.value());
  wanted_[source.object].state = FetchState::queued;
  peers_[source.worker].to_request.push_back(source.object);
  take_turn(source.worker);
}

void DaskWorker::take_turn(WorkerId id) {
  Peer& peer = peers_[id];
  if (peer.requested || peer.in_turn || peer.to_request.empty()) return;
  peer.in_turn = true;
  peers_in_turn_.push_back(id);
}

void DaskWorker::request_more() {
  while (!peers_in_turn_.empty() && open_requests_ < options_.outgoing_requests) {
    const WorkerId id = peers_in_turn_.front();
    peers_in_turn_.pop_front();
    Peer& peer = peers_[id];
    peer.in_turn = false;
    peer.requested = true;
    ++open_requests_;
    activities_->spawn(gather(id), "Dask request to a peer");
  }
}

// Objects of the peer that somebody still waits for: as many as go into one request.
std::vector<ObjectId> DaskWorker::take_batch(WorkerId peer) {
  auto& objects = peers_[peer].to_request;
  std::vector<ObjectId> batch;
  Bytes total;
  while (!objects.empty()) {
    const ObjectId object = objects.front();
    const auto wanted = wanted_.find(object);
    if (wanted == wanted_.end() || wanted->second.tasks.empty()) {
      if (wanted != wanted_.end()) wanted_.erase(wanted);
      objects.pop_front();
      continue;
    }
    total += cluster_.dag.size(object).actual;
    if (!batch.empty() && total > options_.request_bytes) break;
    wanted->second.state = FetchState::under_way;
    batch.push_back(object);
    objects.pop_front();
  }
  return batch;
}

Task<> DaskWorker::gather(WorkerId peer) {
  const std::vector<ObjectId> objects = take_batch(peer);
  RequestEnd end = RequestEnd::done;
  if (!objects.empty()) end = co_await request(cluster_.workers[peer.index()], objects);
  --open_requests_;
  peers_[peer].requested = false;
  take_turn(peer);
  if (end == RequestEnd::busy)
    for (const ObjectId object : objects) enqueue({object, peer});
  if (end == RequestEnd::gone) want_again(objects);
  if (end == RequestEnd::busy) {
    // Whatever ends meanwhile tries again at once.
    co_await wait_while_busy(peer, objects);
  } else if (!objects.empty()) {
    busy_in_a_row_ = 0;
  }
  co_await spill(memory_.spill_target());  // it blocks the event loop
  request_more();
}

Task<DaskWorker::RequestEnd> DaskWorker::request(DaskWorker& peer,
                                                 const std::vector<ObjectId>& objects) {
  const Stopwatch stopwatch(engine_, cluster_.platform.usage(), Activity::storage_io);
  sim::Span span(engine_, {sim::SpanKind::object, "request to a peer", host_.id.value(),
                           objects.front().value()});
  span.note("peer", peer.id_.value());
  span.note("objects", static_cast<int64_t>(objects.size()));
  const uint32_t life = peer.life_;
  {
    const auto turn = co_await process_.interpreter().acquire("its event loop");
    co_await engine_.sleep(options_.message_time, "its event loop");
  }
  co_await engine_.sleep(2 * options_.message_latency, "a reply of a peer");
  if (!peer.up_ || peer.life_ != life) co_return RequestEnd::gone;
  if (peer.serving_ >= options_.incoming_requests) {
    span.note("busy", 1);
    co_return RequestEnd::busy;
  }
  const Service service(peer);
  {
    const auto turn = co_await peer.process_.interpreter().acquire("a peer's event loop");
    co_await engine_.sleep(options_.message_time, "a peer's event loop");
  }
  if (!peer.up_ || peer.life_ != life) co_return RequestEnd::gone;
  for (const ObjectId object : objects)
    if (!peer.memory_.holds(object)) co_return RequestEnd::gone;
  co_await transfer(peer, objects);
  co_await spill(memory_.spill_target());  // before there is room, they are not taken
  if (!peer.up_ || peer.life_ != life) co_return RequestEnd::gone;
  for (const ObjectId object : objects) {
    cluster_.platform.values().copy(peer.host_, host_, object);
    arrived(object);
  }
  co_return RequestEnd::done;
}

Task<> DaskWorker::transfer(DaskWorker& peer, const std::vector<ObjectId>& objects) {
  Bytes total;
  for (const ObjectId object : objects) total += cluster_.dag.size(object).actual;
  Reservation buffer(memory_, total / 2);  // it grows with what arrives: this is its mean
  check_memory();
  for (const ObjectId object : objects) co_await peer.read_spilled(object);
  const Time start = engine_.now();
  sim::Span span(engine_,
                 {sim::SpanKind::object, "transfer", host_.id.value(), objects.front().value()});
  span.note("bytes", total.count());
  const sim::Route route = route_from(peer);
  co_await cluster_.platform.network().transfer(total, route);
  sim::Usage& usage = cluster_.platform.usage();
  usage.read += total;
  usage.written += total;
  const Duration taken = engine_.now() - start;
  if (total < options_.bandwidth_sample || taken == Duration::zero()) co_return;
  const double rate = static_cast<double>(total.count()) / taken.to_seconds();
  outbound_.send(TransferMeasured{Bandwidth::bytes_per_second(static_cast<int64_t>(rate))});
}

Task<bool> DaskWorker::send_to_client(ObjectId object) {
  const uint32_t life = life_;
  {
    const auto turn = co_await cluster_.scheduler_loop.acquire("the scheduler's event loop");
    co_await engine_.sleep(options_.message_time, "the scheduler's event loop");
  }
  co_await engine_.sleep(2 * options_.message_latency, "a reply of a worker");
  if (!up_ || life_ != life || !memory_.holds(object)) co_return false;
  const Bytes size = cluster_.dag.size(object).actual;
  co_await read_spilled(object);
  sim::Route route;
  route.via(sending_).via(machine_.host.outbound);
  route.via(cluster_.scheduler_forwarding).via(cluster_.client);
  sim::Span span(engine_, {sim::SpanKind::object, "result", host_.id.value(), object.value()});
  span.note("bytes", size.count());
  co_await cluster_.platform.network().transfer(size, route);
  cluster_.platform.usage().read += size;
  cluster_.platform.usage().written += size;
  const bool sent = up_ && life_ == life;
  co_return sent;
}

// To send it; it stays where it is.
Task<> DaskWorker::read_spilled(ObjectId object) {
  if (!memory_.on_disk(object)) co_return;
  co_await use_disk(memory_.size(object), memory_.cached(object));
}

// Both event loops, and between machines their networks.
sim::Route DaskWorker::route_from(const DaskWorker& peer) const {
  sim::Route route;
  route.via(peer.sending_);
  if (&peer.machine_ != &machine_)
    route.via(peer.machine_.host.outbound).via(machine_.host.inbound);
  return route.via(receiving_);
}

void DaskWorker::arrived(ObjectId object) {
  const auto found = wanted_.find(object);
  ENSURE(found != wanted_.end(), object.value());
  const std::vector<TaskId> waiting = std::move(found->second.tasks);
  wanted_.erase(found);
  memory_.add(object, cluster_.dag.size(object).actual);
  check_memory();
  outbound_.send(ObjectFetched{id_, object});
  for (const TaskId task : waiting)
    if (--tasks_.at(task).missing == 0) make_ready(task);
}

// Waits longer every time, then asks the scheduler who else has what is still to be requested.
Task<> DaskWorker::wait_while_busy(WorkerId peer, std::vector<ObjectId> objects) {
  constexpr int64_t kMostGrowths = 30;  // five hours with Dask's values; it has no bound itself
  busy_in_a_row_ = std::min(busy_in_a_row_ + 1, kMostGrowths);
  const double growth =
      portable_exp(static_cast<double>(busy_in_a_row_) * portable_log(options_.busy_growth));
  {
    const sim::Span span(engine_, {sim::SpanKind::wait, "busy peer", host_.id.value()});
    co_await engine_.sleep(scaled(options_.busy_wait, growth), "a busy peer");
  }
  auto& queue = peers_[peer].to_request;
  std::erase_if(objects, [&queue](ObjectId object) { return std::erase(queue, object) == 0; });
  want_again(objects);
}

void DaskWorker::want_again(const std::vector<ObjectId>& objects) {
  for (const ObjectId object : objects) {
    const auto wanted = wanted_.find(object);
    if (wanted == wanted_.end()) continue;
    wanted->second.state = FetchState::without_source;
    outbound_.send(SourceWanted{id_, object});
  }
}

}  // namespace wukong::scheduler

#include "bench/oracle/s3_check.h"

#include <algorithm>

#include "bench/run/run_result.h"

namespace wukong::oracle {

using storage::StoreStatus;

S3Check::S3Check(const storage::S3Spec& spec, invariants::BrokenInvariants& broken)
    : followed_(std::min({spec.read_latency_median, spec.write_latency_median,
                          spec.head_latency_median, spec.retry_base}) >=
                Duration::microseconds(100)),
      spec_(spec),
      broken_(broken),
      reads_("a GET of S3", spec.read_latency_median, spec.latency_sigma),
      writes_("a PUT of S3", spec.write_latency_median, spec.latency_sigma),
      heads_("a HEAD of S3", spec.head_latency_median, spec.latency_sigma) {}

void S3Check::on(Time, const StoreMade& made) {
  if (made.kind != storage::StoreKind::s3) {
    if (made.number == 0) redis_first_ = true;
    return;
  }
  const auto bucket = [](int64_t per_second) {
    return Tokens(per_second, per_second, kSecond_ns, 0);
  };
  stores_.emplace(made.number, Store{.reads = bucket(spec_.reads_per_second),
                                     .writes = bucket(spec_.writes_per_second),
                                     .objects = {},
                                     .sizes = {}});
}

void S3Check::on(Time, const Preloaded& preloaded) {
  const auto store = stores_.find(preloaded.number);
  if (store == stores_.end()) return;
  store->second.objects.insert(preloaded.object.value());
  store->second.sizes[preloaded.object.value()] = preloaded.size;
}

void S3Check::on(Time time, const Asked& asked) {
  const auto store = stores_.find(asked.number);
  if (asked.service != Service::objects || store == stores_.end() || !followed_) return;
  if (asked.request == Request::put) store->second.sizes[asked.object.value()] = asked.size;
  Call& call = calls_[asked.process] = Call{.asked = asked, .flow = std::nullopt};
  try_it(store->second, call, time);
}

void S3Check::try_it(Store& store, Call& call, Time time) {
  Tokens& tokens = call.asked.request == Request::put ? store.writes : store.reads;
  call.since = time;
  if (tokens.take(time.count_ns())) return let_in(call, time);
  call.phase = Phase::turned_away;
}

void S3Check::let_in(Call& call, Time time) {
  const bool writes = call.asked.request == Request::put;
  const Money price = writes ? spec_.price_per_1000_writes : spec_.price_per_1000_reads;
  charged_ += price_of(price.count_pico_usd(), 1, 1000);
  call.since = time;
  if (!writes) {
    call.phase = Phase::latency;
  } else if (client_time(spec_.client, call.asked.size.actual) > Duration::zero()) {
    call.phase = Phase::pickled;
  } else {
    send(call, time);
  }
}

void S3Check::send(Call& call, Time time) const {
  call.since = time;
  call.phase = call.asked.size.actual > Bytes(0) ? Phase::sending : Phase::latency;
}

void S3Check::unpickle(Call& call, Time time, Bytes object) const {
  call.since = time;
  call.phase =
      client_time(spec_.client, object) > Duration::zero() ? Phase::unpickled : Phase::done;
}

// A 503 has arrived. The client gives up after its last try, or waits for a random time, up to one
// that doubles.
void S3Check::turn_away(Call& call, Time time) {
  heads_.add(time - call.since, broken_);
  ++turned_away_;
  call.since = time;
  call.phase = Phase::waiting;
  if (call.tries < spec_.retry_attempts) return;
  call.phase = Phase::given_up;
  ++given_up_;
}

void S3Check::on(Time time, const Resumed& resumed) {
  const auto found = calls_.find(resumed.process);
  if (found == calls_.end()) return;
  Call& call = found->second;
  Store& store = stores_.at(call.asked.number);
  switch (call.phase) {
    case Phase::turned_away:
      return turn_away(call, time);
    case Phase::waiting: {
      Duration longest = spec_.retry_base;
      for (int64_t i = 0; i < call.tries; ++i) longest += longest;
      broken_.expect(time - call.since <= longest, "a client waits too long for another try at S3");
      ++call.tries;
      return try_it(store, call, time);
    }
    case Phase::pickled:
      broken_.expect(time == call.since + client_time(spec_.client, call.asked.size.actual),
                     "a client of S3 takes another time to pickle an object");
      return send(call, time);
    case Phase::receiving:
      return unpickle(call, time, store.sizes[call.asked.object.value()].actual);
    case Phase::unpickled:
      broken_.expect(
          time ==
              call.since + client_time(spec_.client, store.sizes[call.asked.object.value()].actual),
          "a client of S3 takes another time to unpickle an object");
      call.phase = Phase::done;
      call.since = time;
      return;
    case Phase::sending:
      broken_.expect(call.flow.has_value(), "a PUT sends nothing");
      call.phase = Phase::latency;
      call.since = time;
      return;
    case Phase::latency:
      return end_latency(store, call, time);
    default:
      call.since = time;
      return;
  }
}

void S3Check::end_latency(Store& store, Call& call, Time time) {
  const Duration latency = time - call.since;
  const Request request = call.asked.request;
  (request == Request::get   ? reads_
   : request == Request::put ? writes_
                             : heads_)
      .add(latency, broken_);
  call.since = time;
  call.phase = Phase::done;
  const uint32_t object = call.asked.object.value();
  if (request == Request::put) store.objects.insert(object);
  if (request != Request::get || !store.objects.contains(object)) return;
  const Bytes size = store.sizes[object].actual;
  if (size > Bytes(0))
    call.phase = Phase::receiving;
  else
    unpickle(call, time, size);
}

void S3Check::on(Time, const FlowAsked& asked) {
  const auto found = calls_.find(asked.process);
  if (found == calls_.end()) return;
  Call& call = found->second;
  call.flow = asked.flow;
  expect_flow(stores_.at(call.asked.number), call, asked.demand);
}

void S3Check::expect_flow(const Store& store, const Call& call, const fluid::Demand& demand) {
  const bool out = call.phase == Phase::sending;
  broken_.expect(out || call.phase == Phase::receiving, "a request to S3 moves bytes too early");
  const LinkId link = out ? call.asked.from.outbound : call.asked.from.inbound;
  const size_t links = link.valid() ? 1 : 0;
  const auto size = store.sizes.find(call.asked.object.value());
  const bool fits =
      size != store.sizes.end() && demand.amount.count() == size->second.actual.count() &&
      demand.cap.count() == spec_.connection_bandwidth.count() && demand.resources.count == links &&
      (links == 0 || demand.resources.ids[0].value() == link.value());
  broken_.expect(fits, "a request to S3 moves other bytes, faster, or over another link");
}

void S3Check::on(Time time, const Answered& answered) {
  if (answered.status == StoreStatus::full) ++full_;
  for (auto call = calls_.begin(); call != calls_.end(); ++call) {
    if (call->second.asked.call != answered.call) continue;
    const auto& [asked, phase, since, tries, flow] = call->second;
    const bool is_there = stores_.at(asked.number).objects.contains(asked.object.value());
    StoreStatus expected = is_there ? StoreStatus::ok : StoreStatus::missing;
    if (phase == Phase::given_up) expected = StoreStatus::unavailable;
    broken_.expect(answered.status == expected, "S3 gives another answer than it should");
    const bool over = phase == Phase::given_up || phase == Phase::done;
    broken_.expect(over && time == since, "S3 answers call {} at {:.9f} s, before or after its end",
                   answered.call, time.to_seconds());
    calls_.erase(call);
    return;
  }
}

void S3Check::end(const run::RunResult& result) {
  if (!followed_) return;
  for (const LatencySample* sample : {&reads_, &writes_, &heads_}) sample->end(broken_);
  // Full servers of Redis are counted with what S3 turns away; so are clients for whom a server has
  // no connection left, of which only those of the store for objects open any.
  const uint64_t tries = turned_away_ + full_;
  const uint64_t requests = given_up_ + full_;
  const accounting::Usage& usage = result.usage;
  const bool at_least = usage.turned_away >= tries && usage.given_up >= requests;
  broken_.expect(
      at_least && (redis_first_ || (usage.turned_away == tries && usage.given_up == requests)),
      "S3 turns away {} tries and {} requests, and should {} and {}", usage.turned_away,
      usage.given_up, tries, requests);
}

}  // namespace wukong::oracle

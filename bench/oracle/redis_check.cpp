#include "bench/oracle/redis_check.h"

#include <algorithm>
#include <vector>

#include "bench/oracle/plain_arithmetic.h"

namespace wukong::oracle {

using storage::CounterAction;
using storage::StoreStatus;

void RedisCheck::on(Time, const ResourceAdded& added) {
  resources_[added.resource.value()] = added.spec;
}

void RedisCheck::on(Time, const StoreMade& made) {
  if (made.kind == storage::StoreKind::redis) stores_[made.number] = made.beside;
}

// On which shard it lies, nobody has told.
void RedisCheck::on(Time, const Preloaded& preloaded) {
  if (!stores_.contains(preloaded.number)) return;
  memory_.reset();
  objects_[{preloaded.number, preloaded.object.value()}] = preloaded.size;
}

void RedisCheck::on(Time, const Subscribed& subscribed) {
  Server& server = servers_[{Service::metadata, subscribed.number, 0}];
  server.subscriptions.push_back({subscribed.subscriber, subscribed.channel, {}});
}

// ---- a request on its way to the server

bool RedisCheck::transfers_first(const Asked& asked) {
  return asked.request == Request::put || asked.request == Request::exchange ||
         asked.request == Request::publish;
}

Bytes RedisCheck::sent(const Asked& asked) const {
  return asked.request == Request::put ? asked.size.actual : asked.sent;
}

// Of the way there, beside the round trip: of a request without a value the client's own time.
Duration RedisCheck::clients_part(const Asked& asked) const {
  const bool value = asked.request == Request::get || asked.request == Request::put;
  return value ? Duration::zero() : spec_.client.request_time;
}

RedisCheck::Server& RedisCheck::server_of(const Call& call) {
  const auto store = stores_.find(call.asked.number);
  if (call.asked.service == Service::objects && store != stores_.end() && store->second)
    return servers_[{Service::metadata, *store->second, 0}];
  return servers_[{call.asked.service, call.asked.number, call.shard}];
}

void RedisCheck::on(Time time, const Asked& asked) {
  const bool of_redis = asked.service == Service::metadata ||
                        (asked.service == Service::objects && stores_.contains(asked.number));
  if (!of_redis || !followed_) return;
  Call& call = calls_[asked.process] = Call{.asked = asked, .since = time};
  if (asked.request == Request::put &&
      client_time(spec_.client, asked.size.actual) > Duration::zero())
    call.phase = Phase::pickled;
  if (asked.service == Service::metadata) arrive_if_at_once(call, time);
}

void RedisCheck::on(Time time, const Shard& shard) {
  const auto found = calls_.find(shard.process);
  if (found == calls_.end()) return;
  found->second.shard = shard.shard;
  arrive_if_at_once(found->second, time);
}

// What waits for nothing is not in the record.
void RedisCheck::arrive_if_at_once(Call& call, Time time) {
  if (call.phase != Phase::asked) return;
  if (spec_.round_trip + clients_part(call.asked) > Duration::zero()) return;
  if (!transfers_first(call.asked) || sent(call.asked) == Bytes(0)) arrive(call, time);
}

void RedisCheck::on(Time time, const Resumed& resumed) {
  const auto found = calls_.find(resumed.process);
  if (found == calls_.end() || found->second.phase == Phase::arrived) return;
  Call& call = found->second;
  if (call.phase == Phase::pickled) {
    broken_.expect(time == call.since + client_time(spec_.client, call.asked.size.actual),
                   "a client of Redis takes another time to pickle a value");
    call.phase = Phase::asked;
    call.since = time;
    return arrive_if_at_once(call, time);
  }
  if (transfers_first(call.asked)) {
    const Time due = call.flow_end.value_or(Time());
    broken_.expect(time == due, "call {} comes to Redis at {:.9f} s and not at {:.9f} s",
                   call.asked.call, time.to_seconds(), due.to_seconds());
  } else {
    trips_.add(time - call.since - clients_part(call.asked), broken_);
  }
  arrive(call, time);
}

// ---- at the server

int64_t RedisCheck::commands(const Asked& asked) const {
  if (asked.request == Request::exchange) return asked.commands;
  const bool transaction =
      asked.request == Request::count && (asked.counter.action == CounterAction::set_bit ||
                                          asked.counter.action == CounterAction::claim);
  return transaction ? 4 : 1;  // MULTI, two commands, EXEC
}

void RedisCheck::arrive(Call& call, Time time) {
  call.phase = Phase::arrived;
  call.flow.reset();
  call.flow_end.reset();
  Server& server = server_of(call);
  const auto key = std::pair(call.asked.number, call.asked.object.value());
  if (call.asked.request == Request::put) call.stored = store(server, call.asked);
  call.found = call.asked.service == Service::objects && objects_.contains(key);
  if (call.asked.request == Request::get && call.found) call.reply = objects_[key].actual;
  if (call.asked.request == Request::exchange) call.reply = call.asked.received;
  serve(call, server, time);
}

// The first store is that of the machines that are rented for it; another one lies on a machine of
// something else.
bool RedisCheck::knows_memory(const Asked& asked) const { return memory_ && asked.number == 0; }

bool RedisCheck::store(Server& server, const Asked& asked) {
  const auto key = std::pair(asked.number, asked.object.value());
  Bytes used = server.used + asked.size.actual;
  if (const auto old = objects_.find(key); old != objects_.end()) used -= old->second.actual;
  if (knows_memory(asked) && used > *memory_) return false;
  server.used = used;
  objects_[key] = asked.size;
  return true;
}

void RedisCheck::serve(Call& call, Server& server, Time time) {
  Time& busy = server.busy_until;
  busy = std::max(busy, time) + spec_.command_time * commands(call.asked);
  if (call.asked.request == Request::publish) {
    for (Subscription& subscription : server.subscriptions) {
      if (subscription.channel != call.asked.channel) continue;
      busy = std::max(busy, time) + spec_.publish_time;
      subscription.on_the_way.push_back({call.asked.sent.count(), busy + spec_.round_trip / 2});
    }
  }
  call.served = busy;
}

// ---- transfers

void RedisCheck::on(Time time, const FlowAsked& asked) {
  const auto found = calls_.find(asked.process);
  if (found == calls_.end()) return followed_ ? deliver(time, asked) : void();
  Call& call = found->second;
  call.flow = asked.flow;
  flows_[asked.flow] = asked.process;
  const bool there = call.phase == Phase::asked;
  const bool due =
      there ? transfers_first(call.asked)
            : call.asked.request == Request::get || call.asked.request == Request::exchange;
  broken_.expect(due, "call {} of Redis moves bytes and should not", call.asked.call);
  const Bytes bytes = there ? sent(call.asked) : call.reply;
  const Time start = there ? asked.demand.start : call.served;
  if (there) trips_.add(start - call.since - clients_part(call.asked), broken_);
  broken_.expect(asked.demand.amount.count() == bytes.count() && asked.demand.start == start,
                 "call {} of Redis moves {} B from {:.9f} s on, and not {} B from "
                 "{:.9f} s on",
                 call.asked.call, asked.demand.amount.count(), asked.demand.start.to_seconds(),
                 bytes.count(), start.to_seconds());
  check_way(asked.demand, there ? call.asked.from.outbound : call.asked.from.inbound, there,
            server_of(call));
}

void RedisCheck::on(Time time, const FlowEnded& ended) {
  const auto found = flows_.find(ended.flow);
  if (found == flows_.end()) return;
  const auto call = calls_.find(found->second);
  flows_.erase(found);
  if (call != calls_.end() && call->second.flow == ended.flow) call->second.flow_end = time;
}

bool RedisCheck::passes(const FlowAsked& asked, LinkId link) {
  const auto& used = asked.demand.resources;
  return std::find(used.begin(), used.end(), fluid::ResourceId(link.value())) != used.end();
}

// Whether it is the next message on its way to the subscriber, which then is there.
bool RedisCheck::take_delivery(Subscription& subscription, const FlowAsked& asked, Time time) {
  std::deque<Delivery>& on_the_way = subscription.on_the_way;
  // What is empty and late comes without waiting, and is not in the record.
  while (!on_the_way.empty() && on_the_way.front().bytes == 0 && on_the_way.front().arrival <= time)
    on_the_way.pop_front();
  if (on_the_way.empty()) return false;
  const Delivery& first = on_the_way.front();
  const LinkId link = subscription.subscriber.inbound;
  const bool fits = (!link.valid() || passes(asked, link)) &&
                    asked.demand.start == std::max(first.arrival, time) &&
                    asked.demand.amount.count() == first.bytes;
  if (fits) on_the_way.pop_front();
  return fits;
}

// A published message comes to its subscribers over connections of their own. It may be the first
// thing that its server sends: then that it fits tells which way the server sends.
void RedisCheck::deliver(Time time, const FlowAsked& asked) {
  for (auto& [key, server] : servers_) {
    const bool of_server =
        !server.outward || std::all_of(server.outward->begin(), server.outward->end(),
                                       [&](uint32_t id) { return passes(asked, LinkId(id)); });
    if (!of_server) continue;
    const auto taken =
        std::find_if(server.subscriptions.begin(), server.subscriptions.end(),
                     [&](Subscription& each) { return take_delivery(each, asked, time); });
    if (taken != server.subscriptions.end())
      return check_way(asked.demand, taken->subscriber.inbound, false, server);
    broken_.expect(!server.outward || server.subscriptions.empty(),
                   "a message is delivered from {:.9f} s on that was not published "
                   "for then",
                   asked.demand.start.to_seconds());
  }
}

// The client's link, and at the server's end always the same link, of another pair for each way,
// and the same thread; and what large values pass, which is the same one for both ways.
void RedisCheck::check_way(const fluid::Demand& demand, LinkId client, bool inward,
                           Server& server) {
  Way way;
  for (const fluid::ResourceId id : demand.resources) way.insert(id.value());
  const bool by_client = !client.valid() || way.erase(client.value()) == 1;
  if (demand.amount.count() >= spec_.large_value.count())
    broken_.expect(pass_memory(way, server), "a large value is copied as fast as a small one");
  std::optional<Way>& known = inward ? server.inward : server.outward;
  if (!known) known = way;
  broken_.expect(by_client && way == *known && demand.cap.count() == Bandwidth::unlimited().count(),
                 "a transfer of Redis passes other links than it should");
  check_thread(way, server);
  if (server.inward && server.outward)
    for (const uint32_t id : *server.inward)
      broken_.expect(!server.outward->contains(id) || id == server.thread,
                     "Redis sends and receives over one link");
}

// Takes it out of the way. A link could be as fast; those of the machine were made before.
bool RedisCheck::pass_memory(Way& way, Server& server) const {
  const auto fits = [this](uint32_t id) {
    const auto found = resources_.find(id);
    return found != resources_.end() && !found->second.burst && !found->second.crowding &&
           found->second.rate.count() == spec_.large_bandwidth.count();
  };
  if (!server.memory) {
    const auto last = std::find_if(way.rbegin(), way.rend(), fits);
    if (last == way.rend()) return false;
    server.memory = *last;
  }
  return fits(*server.memory) && way.erase(*server.memory) == 1;
}

void RedisCheck::check_thread(const Way& way, Server& server) {
  const auto crowded = [this](uint32_t id) { return resources_[id].crowding.has_value(); };
  const auto thread = std::find_if(way.begin(), way.end(), crowded);
  if (thread == way.end()) return broken_.expect(false, "no thread of Redis copies a value");
  if (!server.thread) server.thread = *thread;
  const fluid::ResourceSpec& copies = resources_[*thread];
  broken_.expect(*thread == server.thread && copies.rate.count() == spec_.bandwidth.count() &&
                     copies.crowding->activities == spec_.crowding_flows &&
                     copies.crowding->least_share == spec_.crowded_share,
                 "a thread of Redis copies at another rate than it does");
}

// ---- the answer

void RedisCheck::on(Time time, const Answered& answered) {
  const auto found = std::find_if(calls_.begin(), calls_.end(), [&](const auto& call) {
    return call.second.asked.call == answered.call;
  });
  if (found == calls_.end()) return;
  const Call call = found->second;
  calls_.erase(found);
  if (call.phase != Phase::arrived)
    return broken_.expect(false, "Redis answers what it has not been asked");
  const bool replies =
      call.asked.request == Request::get || call.asked.request == Request::exchange;
  Time due = call.served;
  if (replies && call.flow) due = call.flow_end.value_or(Time());
  if (call.asked.request == Request::get) due = due + client_time(spec_.client, call.reply);
  broken_.expect(time == due,
                 "call {} of Redis is answered at {:.9f} s and not at "
                 "{:.9f} s",
                 call.asked.call, time.to_seconds(), due.to_seconds());
  broken_.expect(!replies || call.flow || call.reply == Bytes(0), "Redis sends no reply");
  if (call.asked.service != Service::objects) return;
  StoreStatus expected = call.found ? StoreStatus::ok : StoreStatus::missing;
  if (call.asked.request == Request::put)
    expected = call.stored ? StoreStatus::ok : StoreStatus::full;
  const bool unknown = !knows_memory(call.asked) && call.asked.request == Request::put;
  if (unknown && answered.status == StoreStatus::full)
    objects_.erase({call.asked.number, call.asked.object.value()});
  broken_.expect(answered.status == expected || unknown,
                 "Redis gives another answer than it should");
}

}  // namespace wukong::oracle

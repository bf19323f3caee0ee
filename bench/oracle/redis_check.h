// Redis, as an object store's shards and as the metadata store: when a request comes to a server,
// when its single thread is done with it, what passes which links for it, and what is there. Each
// server is a line of requests that are served one after another.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "bench/invariants/broken_invariants.h"
#include "bench/oracle/latency_sample.h"
#include "bench/oracle/record.h"
#include "sim/storage/storage_spec.h"

namespace wukong::oracle {

class RedisCheck {
 public:
  // `memory`: of a shard; absent: not known. The others outlive it.
  RedisCheck(const storage::RedisSpec& spec, std::optional<Bytes> memory,
             invariants::BrokenInvariants& broken)
      : spec_(spec),
        memory_(memory),
        broken_(broken),
        followed_(spec.round_trip_sigma == 0 ||
                  median_of(spec.round_trip, spec.round_trip_sigma) >= Duration::microseconds(100)),
        trips_("a round trip to Redis", median_of(spec.round_trip, spec.round_trip_sigma),
               spec.round_trip_sigma) {}

  void on(Time time, const ResourceAdded& added);
  void on(Time time, const StoreMade& made);
  void on(Time time, const Preloaded& preloaded);
  void on(Time time, const Subscribed& subscribed);
  void on(Time time, const Asked& asked);
  void on(Time time, const Shard& shard);
  void on(Time time, const Resumed& resumed);
  void on(Time time, const FlowAsked& asked);
  void on(Time time, const FlowEnded& ended);
  void on(Time time, const Answered& answered);
  template <class Other>
  void on(Time, const Other&) {}
  void end() const { trips_.end(broken_); }

 private:
  struct Delivery {
    int64_t bytes;
    Time arrival;
  };
  struct Subscription {
    Ends subscriber;
    ChannelId channel;
    std::deque<Delivery> on_the_way;
  };
  // What a transfer passes at a server's end, one way: its link, and its thread as it copies all
  // values.
  using Way = std::set<uint32_t>;
  struct Server {
    Time busy_until;
    std::optional<Way> inward;
    std::optional<Way> outward;
    std::optional<uint32_t> thread;  // what all pass, both ways,
    std::optional<uint32_t> memory;  // and what large values pass, too
    Bytes used;
    std::vector<Subscription> subscriptions;
  };
  using ServerKey = std::tuple<Service, uint32_t, int64_t>;  // which store, and which shard

  enum class Phase : uint8_t {
    pickled,  // by the client, before it sends the value
    asked,    // on its way to the server, by itself or as a transfer
    arrived,  // in the server's line
  };
  struct Call {
    Asked asked;
    int64_t shard = 0;
    Phase phase = Phase::asked;
    Time since;
    Time served;
    Bytes reply;                   // what goes back
    bool stored = true;            // of a put: there was memory
    bool found = false;            // of an object
    std::optional<uint32_t> flow;  // its transfer, on the way there or back
    std::optional<Time> flow_end;
  };

  static bool transfers_first(const Asked& asked);
  Duration clients_part(const Asked& asked) const;
  Bytes sent(const Asked& asked) const;
  Server& server_of(const Call& call);
  void arrive_if_at_once(Call& call, Time time);
  void arrive(Call& call, Time time);
  void serve(Call& call, Server& server, Time time);
  int64_t commands(const Asked& asked) const;
  bool knows_memory(const Asked& asked) const;
  bool store(Server& server, const Asked& asked);
  static bool passes(const FlowAsked& asked, LinkId link);
  static bool take_delivery(Subscription& subscription, const FlowAsked& asked, Time time);
  void deliver(Time time, const FlowAsked& asked);
  void check_way(const fluid::Demand& demand, LinkId client, bool inward, Server& server);
  void check_thread(const Way& way, Server& server);
  bool pass_memory(Way& way, Server& server) const;

  const storage::RedisSpec& spec_;
  std::optional<Bytes> memory_;
  invariants::BrokenInvariants& broken_;
  // Shorter trips that are drawn may come to nothing, and what waits for nothing is not told.
  const bool followed_;
  LatencySample trips_;
  std::map<uint32_t, fluid::ResourceSpec> resources_;
  std::map<uint32_t, std::optional<uint32_t>> stores_;  // of Redis, and what they are beside
  std::map<ServerKey, Server> servers_;
  std::map<std::pair<uint32_t, uint32_t>, ObjectSize> objects_;  // that are there, by store
  std::map<uint32_t, Call> calls_;                               // by process
  std::map<uint32_t, uint32_t> flows_;                           // process, by flow
};

}  // namespace wukong::oracle

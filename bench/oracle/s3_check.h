// S3: which requests its rates let in, when a client that is turned away comes back, how long a
// request takes, and what it costs.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "bench/invariants/broken_invariants.h"
#include "bench/oracle/latency_sample.h"
#include "bench/oracle/plain_arithmetic.h"
#include "bench/oracle/record.h"
#include "sim/storage/storage_spec.h"

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::oracle {

class S3Check {
 public:
  // Both outlive it.
  S3Check(const storage::S3Spec& spec, invariants::BrokenInvariants& broken);

  void on(Time time, const StoreMade& made);
  void on(Time time, const Preloaded& preloaded);
  void on(Time time, const Asked& asked);
  void on(Time time, const Resumed& resumed);
  void on(Time time, const FlowAsked& asked);
  void on(Time time, const Answered& answered);
  template <class Other>
  void on(Time, const Other&) {}

  void end(const run::RunResult& result);
  // 1e-12 USD, of the requests that were let in; nothing if those could not be told.
  std::optional<int64_t> charged() const {
    return followed_ ? std::optional(charged_) : std::nullopt;
  }

 private:
  enum class Phase : uint8_t {
    turned_away,  // a 503 is on its way
    waiting,      // for the next try
    given_up,
    pickled,  // by the client, before it sends the object
    sending,  // a transfer of the object, before the latency of a put
    latency,
    receiving,  // a transfer after that of a get
    unpickled,  // by the client
    done,
  };
  struct Store {
    Tokens reads;
    Tokens writes;
    std::set<uint32_t> objects;
    std::map<uint32_t, ObjectSize> sizes;  // that were put, or are on their way
  };
  struct Call {
    Asked asked;
    Phase phase = Phase::latency;
    Time since;
    int64_t tries = 0;  // beyond the first
    std::optional<uint32_t> flow;
  };

  void try_it(Store& store, Call& call, Time time);
  void let_in(Call& call, Time time);
  void turn_away(Call& call, Time time);
  void send(Call& call, Time time) const;
  void unpickle(Call& call, Time time, Bytes object) const;
  void end_latency(Store& store, Call& call, Time time);
  void expect_flow(const Store& store, const Call& call, const fluid::Demand& demand);

  // Whether each wait takes time, and so is in the record: without that nobody can tell how often a
  // client was turned away.
  bool followed_;
  const storage::S3Spec& spec_;
  invariants::BrokenInvariants& broken_;
  LatencySample reads_;
  LatencySample writes_;
  LatencySample heads_;
  std::map<uint32_t, Store> stores_;
  std::map<uint32_t, Call> calls_;  // by process
  int64_t charged_ = 0;
  bool redis_first_ = false;  // it holds the objects
  uint64_t full_ = 0;         // answers of Redis servers without memory
  uint64_t turned_away_ = 0;
  uint64_t given_up_ = 0;
};

}  // namespace wukong::oracle

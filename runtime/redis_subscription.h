// A subscriber of a channel of a Redis server, on a connection of its own, as in a real client. A
// connection that breaks takes with it what is on its way; open() makes another one.
#pragma once

#include <string>

#include "runtime/redis_connection.h"
#include "runtime/wall_clock.h"
#include "sim/engine/engine.h"
#include "sim/engine/sync.h"

namespace wukong::runtime {

class RedisSubscription {
 public:
  RedisSubscription(sim::Engine& engine, WallClock& clock, const RedisServerOfRun& server,
                    std::string channel);

  // Subscribes. REQUIRES: new, or broken.
  void open();
  bool broken() const { return state_ == State::broken; }
  // Until the server has confirmed, or the connection is broken.
  auto confirmed() { return answered_.wait("a subscription"); }

  // A message that was sent will come; the loop waits for it.
  void expect();
  // One that will not.
  void settle();

  sim::Channel<uint64_t>& messages() { return arrived_; }

 private:
  enum class State { starting, on, broken };

  void take(const redisReply* reply);
  void become(State state);

  WallClock& clock_;
  std::string channel_;
  State state_ = State::broken;
  sim::Event answered_;
  sim::Channel<uint64_t> arrived_;
  size_t due_ = 0;
  RedisConnection connection_;
};

}  // namespace wukong::runtime

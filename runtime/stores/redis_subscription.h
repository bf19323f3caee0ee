// A subscriber of a channel of a Redis server, on a connection of its own, as in a real client.
// Messages that are on their way when the connection breaks are lost; open() makes another
// connection.
#pragma once

#include <string>

#include "runtime/loop/wall_clock.h"
#include "runtime/redis/redis_connection.h"
#include "sim/engine/engine.h"
#include "sim/engine/sync.h"

namespace wukong::stores {

class RedisSubscription {
 public:
  RedisSubscription(engine::Engine& engine, loop::WallClock& clock,
                    const redis::RedisServerOfRun& server, std::string channel);

  // Subscribes. REQUIRES: the subscription is new or broken.
  void open();
  bool broken() const { return state_ == State::broken; }
  // To be awaited: until the server has confirmed, or the connection is broken.
  auto confirmed() { return answered_.wait("a subscription"); }

  // A message has been sent to the channel; the loop waits until it comes.
  void expect();
  // A message that was expected will not come.
  void settle();

  engine::Channel<uint64_t>& messages() { return arrived_; }

 private:
  enum class State { starting, on, broken };

  void take(const redisReply* reply);
  void become(State state);

  loop::WallClock& clock_;
  std::string channel_;
  State state_ = State::broken;
  engine::Event answered_;
  engine::Channel<uint64_t> arrived_;
  size_t due_ = 0;  // messages that are expected
  redis::RedisConnection connection_;
};

}  // namespace wukong::stores

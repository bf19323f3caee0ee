// The metadata store in a real Redis: counters by INCR, or by SETBIT and BITCOUNT in one
// transaction; publish/subscribe; requests that move as many bytes as they say. With a modelled
// network, each first takes the time of the model, which then counts it too.
//
// A server that does not answer fails the request; whether it took effect is not known then.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/measurements.h"
#include "runtime/redis_connection.h"
#include "runtime/redis_subscription.h"
#include "runtime/wall_clock.h"
#include "sim/platform/metadata_store.h"
#include "sim/platform/usage.h"

namespace wukong::runtime {

class RedisCounters final : public sim::MetadataStore {
 public:
  // `modelled` may be null. Throws Error if the server does not answer.
  RedisCounters(sim::Engine& engine, WallClock& clock, const RedisAddress& address,
                std::string prefix, std::unique_ptr<sim::MetadataStore> modelled, sim::Usage& usage,
                Measurements& measurements);
  ~RedisCounters() override;

  sim::Task<sim::CounterReply> increment(const sim::Host& from, sim::CounterId counter) override;
  sim::Task<sim::CounterReply> set_bit(const sim::Host& from, sim::CounterId counter,
                                       uint32_t bit) override;
  sim::Task<sim::CounterReply> read(const sim::Host& from, sim::CounterId counter) override;
  sim::Task<sim::CounterReply> read_others(const sim::Host& from, sim::CounterId counter,
                                           uint32_t bit) override;
  sim::Task<bool> request(const sim::Host& from, int commands, Bytes sent, Bytes received) override;
  sim::Task<bool> publish(const sim::Host& from, sim::ChannelId channel, uint64_t message,
                          Bytes size) override;
  sim::Channel<uint64_t>& subscribe(const sim::Host& subscriber, sim::ChannelId channel) override;

 private:
  using Command = std::vector<std::string>;

  using Meaning = sim::CounterReply (*)(const redisReply*);

  // What the last reply of these commands means.
  sim::Task<sim::CounterReply> ask(std::vector<Command> commands, Meaning meaning);
  std::string counter_key(sim::CounterId counter) const;
  std::string bits_key(sim::CounterId counter) const;
  std::string channel_name(sim::ChannelId channel) const;
  bool has_bits(sim::CounterId counter) const;
  const std::string& filler(Bytes size);

  sim::Engine& engine_;
  WallClock& clock_;
  std::string prefix_;
  RedisServerOfRun server_;
  std::unique_ptr<sim::MetadataStore> modelled_;
  sim::Usage& usage_;
  Measurements& measurements_;
  RedisConnection connection_;
  std::vector<bool> is_bits_;  // by counter
  std::vector<bool> used_;     // by counter: a key may be there
  std::string filler_;
  Bytes stored_;  // what lies under the blob's key
  std::vector<std::vector<std::unique_ptr<RedisSubscription>>> subscriptions_;  // by channel
};

}  // namespace wukong::runtime

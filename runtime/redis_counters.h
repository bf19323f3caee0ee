// The metadata store in a real Redis: counters by INCR, or by SETBIT and BITCOUNT in one
// transaction; publish/subscribe; requests that move as many bytes as they say. Each request is
// made of another metadata store first, which keeps the books and takes the modelled time, if there
// is any (InProcessMetadata takes none).
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

namespace wukong::runtime {

class RedisCounters final : public sim::MetadataStore {
 public:
  // Throws Error if the server does not answer.
  RedisCounters(sim::Engine& engine, WallClock& clock, const RedisAddress& address,
                std::string prefix, std::unique_ptr<sim::MetadataStore> requests,
                Measurements& measurements);
  ~RedisCounters() override;

  sim::Task<sim::CounterReply> count(const sim::Host& from, sim::CounterRequest request) override;
  sim::Task<bool> request(const sim::Host& from, int commands, Bytes sent, Bytes received) override;
  sim::Task<bool> publish(const sim::Host& from, sim::ChannelId channel, uint64_t message,
                          Bytes size) override;
  sim::Channel<uint64_t>& subscribe(const sim::Host& subscriber, sim::ChannelId channel) override;

 private:
  using Command = std::vector<std::string>;
  using Meaning = std::optional<uint64_t> (*)(const redisReply*);

  // Commands that are sent together, and what the reply to the last one means.
  struct Question {
    std::vector<Command> commands;
    Meaning meaning;
  };
  Question question(const sim::CounterRequest& request) const;
  // Nothing if the server does not answer.
  sim::Task<std::optional<uint64_t>> ask(Question question);
  void note_use(const sim::CounterRequest& request);
  std::string counter_key(sim::CounterId counter) const;
  std::string bits_key(sim::CounterId counter) const;
  std::string channel_name(sim::ChannelId channel) const;
  bool has_bits(sim::CounterId counter) const;
  const std::string& filler(Bytes size);

  sim::Engine& engine_;
  WallClock& clock_;
  std::string prefix_;
  RedisServerOfRun server_;
  std::unique_ptr<sim::MetadataStore> requests_;
  Measurements& measurements_;
  RedisConnection connection_;
  std::vector<bool> is_bits_;  // by counter: its bits are used
  std::vector<bool> used_;     // by counter: a key may be there
  std::string filler_;         // for messages and blobs of any content
  Bytes stored_;               // what lies under the blob's key
  std::vector<std::vector<std::unique_ptr<RedisSubscription>>> subscriptions_;  // by channel
};

}  // namespace wukong::runtime

// The metadata store in a real Redis: counters by INCR, or in one transaction by SETBIT
// and BITCOUNT or by GET and SETNX; publish/subscribe; requests that move as many bytes as they
// say. Each request is made of another metadata store first, which keeps the books and takes the
// modelled time, if there is any (InProcessMetadata takes none).
//
// A server that does not answer fails the request; whether it took effect is not known then.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/loop/measurements.h"
#include "runtime/loop/wall_clock.h"
#include "runtime/redis/redis_connection.h"
#include "runtime/stores/redis_subscription.h"
#include "sim/storage/metadata_store.h"

namespace wukong::stores {

class RedisCounters final : public storage::MetadataStore {
 public:
  // Throws Error if the server does not answer.
  RedisCounters(engine::Engine& engine, loop::WallClock& clock, redis::RedisServerOfRun server,
                std::unique_ptr<storage::MetadataStore> requests, loop::Measurements& measurements);
  ~RedisCounters() override;

  engine::Task<storage::CounterReply> count(const hosts::Host& from,
                                            storage::CounterRequest request) override;
  engine::Task<bool> request(const hosts::Host& from, int commands, Bytes sent,
                             Bytes received) override;
  engine::Task<bool> publish(const hosts::Host& from, ChannelId channel, uint64_t message,
                             Bytes size) override;
  engine::Channel<uint64_t>& subscribe(const hosts::Host& subscriber, ChannelId channel) override;

 private:
  using Command = std::vector<std::string>;
  using Meaning = std::optional<uint64_t> (*)(const redisReply*);

  // Commands that are sent together, and what the reply to the last one means.
  struct Question {
    std::vector<Command> commands;
    Meaning meaning;
  };
  Question question(const storage::CounterRequest& request) const;
  // Nothing if the server does not answer.
  engine::Task<std::optional<uint64_t>> ask(Question question);
  void note_use(const storage::CounterRequest& request);
  // Ends the run if a counter has gone back.
  void note_value(const storage::CounterRequest& request, uint64_t value);
  std::string counter_key(CounterId counter) const;
  std::string bits_key(CounterId counter) const;
  std::string channel_name(ChannelId channel) const;
  bool has_bits(CounterId counter) const;
  const std::string& filler(Bytes size);

  engine::Engine& engine_;
  loop::WallClock& clock_;
  redis::RedisServerOfRun server_;
  std::unique_ptr<storage::MetadataStore> requests_;
  loop::Measurements& measurements_;
  redis::RedisConnection connection_;
  std::vector<bool> is_bits_;   // by counter: its bits are used
  std::vector<bool> used_;      // by counter: a key may be there
  std::vector<uint64_t> seen_;  // by counter: the most that it was
  std::string filler_;          // for messages and blobs of any content
  Bytes stored_;                // what lies under the blob's key
  std::vector<std::vector<std::unique_ptr<RedisSubscription>>> subscriptions_;  // by channel
};

}  // namespace wukong::stores

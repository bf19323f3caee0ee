// The metadata store as one Redis. All clients share its single thread.
//
// A published message leaves for one subscriber after another, and reaches each over a connection
// of its own, in order: half a round trip later, plus the transfer of its bytes.
#pragma once

#include <memory>
#include <vector>

#include "sim/accounting/books.h"
#include "sim/engine/sync.h"
#include "sim/storage/metadata_store.h"
#include "sim/storage/redis_server.h"

namespace wukong::storage {

class RedisMetadata final : public MetadataStore {
 public:
  // REQUIRES: `server` outlives it.
  RedisMetadata(const accounting::Books& books, network::Network& network, const RedisSpec& spec,
                RedisServer& server);

  engine::Task<CounterReply> count(const hosts::Host& from, CounterRequest request) override;
  engine::Task<bool> request(const hosts::Host& from, int commands, Bytes sent,
                             Bytes received) override;
  engine::Task<bool> publish(const hosts::Host& from, ChannelId channel, uint64_t message,
                             Bytes size) override;
  engine::Channel<uint64_t>& subscribe(const hosts::Host& subscriber, ChannelId channel) override;

 private:
  // Which bits of a counter are set. Most bitmaps fit into one word.
  struct Bitmap {
    uint64_t first_bits = 0;
    std::unique_ptr<std::vector<uint64_t>> more_bits;

    bool set(uint32_t bit);  // false: it was set already
    bool has(uint32_t bit) const;
  };

  struct Delivery {
    uint64_t message;
    Bytes size;
    Time arrival;  // of its first byte
  };
  struct Subscription {
    Subscription(engine::Engine& engine, const hosts::Host& host)
        : subscriber(host), on_the_way(engine), arrived(engine) {}
    hosts::Host subscriber;
    engine::Channel<Delivery> on_the_way;
    engine::Channel<uint64_t> arrived;
  };

  // What a request comes to: its reply's value, and whether the counter has a new one.
  struct Outcome {
    uint64_t value;
    bool changed;
  };
  Outcome apply(const CounterRequest& request);
  uint32_t& counter_at(CounterId counter);
  Bitmap& bitmap_at(CounterId counter);
  engine::Task<> deliver(Subscription& subscription);

  accounting::Books books_;
  network::Network& network_;
  const RedisSpec& spec_;
  RedisServer& server_;
  std::vector<uint32_t> counters_;  // a number, how many bits are set, or who holds it
  std::vector<Bitmap> bitmaps_;     // of those whose bits are used
  std::vector<std::vector<std::unique_ptr<Subscription>>> subscriptions_;  // by channel
};

}  // namespace wukong::storage

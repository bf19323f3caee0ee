// The metadata store in this process: counters and channels that work, keep the books, and answer
// at once. For the loop's thread.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "sim/accounting/books.h"
#include "sim/engine/sync.h"
#include "sim/storage/metadata_store.h"

namespace wukong::stores {

class InProcessMetadata final : public storage::MetadataStore {
 public:
  explicit InProcessMetadata(const accounting::Books& books) : books_(books) {}

  engine::Task<storage::CounterReply> count(const hosts::Host& from,
                                            storage::CounterRequest request) override;
  engine::Task<bool> request(const hosts::Host& from, int commands, Bytes sent,
                             Bytes received) override;
  engine::Task<bool> publish(const hosts::Host& from, ChannelId channel, uint64_t message,
                             Bytes size) override;
  engine::Channel<uint64_t>& subscribe(const hosts::Host& subscriber, ChannelId channel) override;

 private:
  struct Counter {
    uint64_t value = 0;  // a number, how many bits are set, or who holds it
    std::vector<bool> bits;

    bool has(uint32_t bit) const { return bit < bits.size() && bits[bit]; }
    void set(uint32_t bit);
  };
  Counter& at(CounterId counter);

  accounting::Books books_;
  std::deque<Counter> counters_;
  std::vector<std::vector<std::unique_ptr<engine::Channel<uint64_t>>>>
      subscriptions_;  // by channel
};

}  // namespace wukong::stores

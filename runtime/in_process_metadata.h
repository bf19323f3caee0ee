// The metadata store in this process: counters and channels that work, keep the books, and answer
// at once. For the loop's thread.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "sim/platform/books.h"
#include "sim/platform/metadata_store.h"

namespace wukong::runtime {

class InProcessMetadata final : public sim::MetadataStore {
 public:
  explicit InProcessMetadata(const sim::Books& books) : books_(books) {}

  sim::Task<sim::CounterReply> count(const sim::Host& from, sim::CounterRequest request) override;
  sim::Task<bool> request(const sim::Host& from, int commands, Bytes sent, Bytes received) override;
  sim::Task<bool> publish(const sim::Host& from, sim::ChannelId channel, uint64_t message,
                          Bytes size) override;
  sim::Channel<uint64_t>& subscribe(const sim::Host& subscriber, sim::ChannelId channel) override;

 private:
  struct Counter {
    uint64_t value = 0;  // a number, or how many bits are set
    std::vector<bool> bits;

    bool has(uint32_t bit) const { return bit < bits.size() && bits[bit]; }
    void set(uint32_t bit);
  };
  Counter& at(sim::CounterId counter);

  sim::Books books_;
  std::deque<Counter> counters_;
  std::vector<std::vector<std::unique_ptr<sim::Channel<uint64_t>>>> subscriptions_;  // by channel
};

}  // namespace wukong::runtime

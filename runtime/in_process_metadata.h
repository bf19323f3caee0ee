// The metadata store in this process: real counters and channels, no delays. For the loop's thread.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "sim/platform/metadata_store.h"
#include "sim/platform/usage.h"

namespace wukong::runtime {

class InProcessMetadata final : public sim::MetadataStore {
 public:
  InProcessMetadata(sim::Engine& engine, sim::Usage& usage) : engine_(engine), usage_(usage) {}

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
  struct Counter {
    uint64_t value = 0;
    std::vector<bool> bits;
  };
  Counter& at(sim::CounterId counter);
  void record(const sim::Host& from, sim::CounterId counter, uint64_t value);

  sim::Engine& engine_;
  sim::Usage& usage_;
  std::deque<Counter> counters_;
  std::vector<std::vector<std::unique_ptr<sim::Channel<uint64_t>>>> subscriptions_;
};

}  // namespace wukong::runtime

// The metadata store (Wukong's MDS, numpywren's control plane): a Redis that holds small state:
// atomic counters, blobs such as static schedules, and publish/subscribe channels. In the emulator
// the same interface is served by real counters, in-process or in a real Redis.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/base/bytes.h"
#include "sim/engine/sync.h"
#include "sim/engine/task.h"
#include "sim/platform/host.h"
#include "sim/platform/ids.h"

namespace wukong::sim {

// A counter's new value, or nothing if the request failed (then it may or may not have taken
// effect).
using CounterReply = std::optional<uint64_t>;

class MetadataStore {
 public:
  virtual ~MetadataStore() = default;

  // INCR: adds one and returns the new value. Counters start at 0.
  virtual Task<CounterReply> increment(const Host& from, CounterId counter) = 0;
  // SETBIT and BITCOUNT in one transaction: sets the bit, returns how many are set. Idempotent.
  virtual Task<CounterReply> set_bit(const Host& from, CounterId counter, uint32_t bit) = 0;
  // GET: the value (of a bit counter: how many bits are set).
  virtual Task<CounterReply> read(const Host& from, CounterId counter) = 0;
  // GET of a bit counter: how many bits other than `bit` are set.
  virtual Task<CounterReply> read_others(const Host& from, CounterId counter, uint32_t bit) = 0;

  // A request that moves `sent` to the store and `received` back and runs `commands` commands
  // there: MSET of schedules, GET of a schedule, a WATCH/MULTI/EXEC transaction. False if it
  // failed.
  virtual Task<bool> request(const Host& from, int commands, Bytes sent, Bytes received) = 0;

  // PUBLISH: delivers `message`, of `size` bytes, to whoever subscribes to the channel.
  virtual Task<bool> publish(const Host& from, ChannelId channel, uint64_t message, Bytes size) = 0;
  // SUBSCRIBE: the messages of a channel, in order of arrival. Lives as long as the store.
  virtual Channel<uint64_t>& subscribe(const Host& subscriber, ChannelId channel) = 0;
};

}  // namespace wukong::sim

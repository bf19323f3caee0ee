// The metadata store (Wukong's MDS, numpywren's control plane): a Redis that holds small state:
// atomic counters, blobs such as static schedules, and publish/subscribe channels. In the emulator
// the same interface is served by real counters, in this process or in a real Redis.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/base/bytes.h"
#include "sim/base/ids.h"
#include "sim/engine/task.h"

namespace wukong::engine {
template <class T>
class Channel;
}  // namespace wukong::engine

namespace wukong::hosts {
struct Host;
}  // namespace wukong::hosts

namespace wukong::storage {

enum class CounterAction : uint8_t {
  increment,  // INCR: adds one. Counters start at 0
  set_bit,    // SETBIT and BITCOUNT in one transaction: sets the bit. Idempotent
  claim,      // GET and SETNX in one transaction: `claimant` holds it unless somebody does already
  read,       // GET, or BITCOUNT of a counter whose bits are used
  read_others,  // BITCOUNT and GETBIT in one transaction: the set bits other than `bit`
};

// A counter is a number that is incremented, a set of bits, or who holds what it stands for; a
// policy uses each one in one way.
struct CounterRequest {
  CounterAction action;
  CounterId counter;
  uint32_t bit = 0;       // for set_bit and read_others
  uint32_t claimant = 0;  // for claim; not 0, which stands for nobody

  bool changes() const {
    return action == CounterAction::increment || action == CounterAction::set_bit ||
           action == CounterAction::claim;
  }
};

struct CounterReply {
  // The counter's value after the request: the number, or how many bits are set; of a claim, who
  // held it before, 0 for nobody. Nothing if the request failed; then it may have taken effect or
  // not.
  std::optional<uint64_t> value;

  bool operator==(const CounterReply&) const = default;
};

class MetadataStore {
 public:
  virtual ~MetadataStore() = default;

  virtual engine::Task<CounterReply> count(const hosts::Host& from, CounterRequest request) = 0;

  // A request that moves `sent` to the store and `received` back and runs `commands` commands
  // there: MSET of schedules, GET of a schedule, a WATCH/MULTI/EXEC transaction. False if it
  // failed.
  virtual engine::Task<bool> request(const hosts::Host& from, int commands, Bytes sent,
                                     Bytes received) = 0;

  // PUBLISH: delivers `message`, of `size` bytes, to all subscribers of the channel. False if it
  // failed.
  virtual engine::Task<bool> publish(const hosts::Host& from, ChannelId channel, uint64_t message,
                                     Bytes size) = 0;
  // SUBSCRIBE: the messages of a channel, in order of arrival. Lives as long as the store.
  virtual engine::Channel<uint64_t>& subscribe(const hosts::Host& subscriber,
                                               ChannelId channel) = 0;
};

}  // namespace wukong::storage

// A message queue with leases, as SQS: a received message stays invisible for the visibility
// timeout and comes back unless it was deleted; so a message can be delivered more than once, but
// is not lost.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/base/ids.h"
#include "sim/base/time.h"
#include "sim/engine/task.h"

namespace wukong::hosts {
struct Host;
}  // namespace wukong::hosts

namespace wukong::storage {

struct QueueMessage {
  MessageId id;
  uint64_t body = 0;
  // Which delivery this is. Deleting or extending needs the latest one, as with SQS' receipt
  // handles.
  uint32_t receipt = 0;
};

class MessageQueue {
 public:
  virtual ~MessageQueue() = default;

  virtual engine::Task<> send(const hosts::Host& from, uint64_t body) = 0;
  // A short poll: nothing if no message is visible now. That is billed all the same.
  virtual engine::Task<std::optional<QueueMessage>> receive(const hosts::Host& to,
                                                            Duration visibility_timeout) = 0;
  // Has no effect, and the next one neither, if the message has been delivered again since.
  virtual engine::Task<> remove(const hosts::Host& from, QueueMessage message) = 0;
  virtual engine::Task<> change_visibility(const hosts::Host& from, QueueMessage message,
                                           Duration timeout) = 0;
  // ApproximateNumberOfMessages: how many are visible.
  virtual engine::Task<size_t> visible(const hosts::Host& from) = 0;
  // How many messages were sent and not removed. For reports and checks: takes no time, and no
  // request is made.
  virtual size_t kept() const = 0;
};

}  // namespace wukong::storage

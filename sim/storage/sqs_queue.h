// A standard queue of SQS. Every request takes a lognormal latency, takes effect at its end, and is
// billed. Visible messages are delivered first in, first out; one whose lease has run out joins the
// queue again at its end.
#pragma once

#include <deque>
#include <queue>
#include <vector>

#include "sim/accounting/books.h"
#include "sim/base/random.h"
#include "sim/engine/engine.h"
#include "sim/engine/timer.h"
#include "sim/storage/message_queue.h"
#include "sim/storage/storage_spec.h"

namespace wukong::accounting {
class ServiceCall;
}  // namespace wukong::accounting

namespace wukong::storage {

class SqsQueue final : public MessageQueue {
 public:
  // `number` tells the queues of a run apart: each draws latencies of its own.
  SqsQueue(const accounting::Books& books, const QueueSpec& spec, uint64_t seed,
           uint64_t number = 0);

  engine::Task<> send(const hosts::Host& from, uint64_t body) override;
  engine::Task<std::optional<QueueMessage>> receive(const hosts::Host& to,
                                                    Duration visibility_timeout) override;
  engine::Task<> remove(const hosts::Host& from, QueueMessage message) override;
  engine::Task<> change_visibility(const hosts::Host& from, QueueMessage message,
                                   Duration timeout) override;
  engine::Task<size_t> visible(const hosts::Host& from) override;
  size_t kept() const override { return kept_; }

 private:
  enum class State : uint8_t { visible, leased, removed };
  struct Message {
    uint64_t body = 0;
    Time lease_end;
    uint32_t receipt = 0;  // of the latest delivery
    State state = State::visible;
  };
  // When a lease was to end as it was noted down. It may have been extended since, which the
  // message tells.
  struct LeaseEnd {
    Time time;
    MessageId message;
    auto operator<=>(const LeaseEnd&) const = default;
  };

  auto request(accounting::ServiceCall& call);
  Message* if_latest(QueueMessage message);
  std::optional<MessageId> take_visible();
  void make_visible(MessageId id);
  void lease(MessageId id, Duration timeout);
  void expire_leases();

  accounting::Books books_;
  const QueueSpec& spec_;
  RandomStream latencies_;
  std::vector<Message> messages_;  // by MessageId
  std::deque<MessageId> order_;    // visible ones, and removed ones not yet dropped
  size_t visible_ = 0;
  size_t kept_ = 0;
  std::priority_queue<LeaseEnd, std::vector<LeaseEnd>, std::greater<>> lease_ends_;
  engine::Timer timer_;
};

}  // namespace wukong::storage

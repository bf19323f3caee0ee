// A message queue that may deliver messages twice, late or in another order, without the sender's
// knowledge. Decorates any MessageQueue.
#pragma once

#include <memory>

#include "sim/faults/fault_injector.h"
#include "sim/faults/message_faults.h"
#include "sim/platform/message_queue.h"

namespace wukong::sim {

class FaultyQueue final : public MessageQueue {
 public:
  FaultyQueue(std::unique_ptr<MessageQueue> queue, Engine& engine, FaultInjector& faults);

  Task<> send(const Host& from, uint64_t body) override;
  Task<std::optional<QueueMessage>> receive(const Host& to, Duration visibility_timeout) override;
  Task<> remove(const Host& from, QueueMessage message) override;
  Task<> change_visibility(const Host& from, QueueMessage message, Duration timeout) override;
  Task<size_t> visible(const Host& from) override;
  size_t kept() const override { return queue_->kept(); }

 private:
  struct Message {
    Host from;
    uint64_t body;
  };
  Task<> send_kept(Message message);

  std::unique_ptr<MessageQueue> queue_;
  Engine& engine_;
  FaultInjector& faults_;
  MessageFaults<Message> way_;
};

}  // namespace wukong::sim

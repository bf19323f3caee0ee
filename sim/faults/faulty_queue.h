// A message queue that may deliver messages twice, late or in another order, without the sender's
// knowledge. Decorates any MessageQueue.
#pragma once

#include <memory>

#include "sim/faults/fault_injector.h"
#include "sim/faults/message_faults.h"
#include "sim/hosts/host.h"
#include "sim/storage/message_queue.h"

namespace wukong::faults {

class FaultyQueue final : public storage::MessageQueue {
 public:
  FaultyQueue(std::unique_ptr<storage::MessageQueue> queue, engine::Engine& engine,
              FaultInjector& faults);

  engine::Task<> send(const hosts::Host& from, uint64_t body) override;
  engine::Task<std::optional<storage::QueueMessage>> receive(const hosts::Host& to,
                                                             Duration visibility_timeout) override;
  engine::Task<> remove(const hosts::Host& from, storage::QueueMessage message) override;
  engine::Task<> change_visibility(const hosts::Host& from, storage::QueueMessage message,
                                   Duration timeout) override;
  engine::Task<size_t> visible(const hosts::Host& from) override;
  size_t kept() const override { return queue_->kept(); }

 private:
  struct Message {
    hosts::Host from;
    uint64_t body;
  };
  engine::Task<> send_kept(Message message);

  std::unique_ptr<storage::MessageQueue> queue_;
  engine::Engine& engine_;
  FaultInjector& faults_;
  MessageFaults<Message> way_;
};

}  // namespace wukong::faults

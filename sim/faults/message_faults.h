// What may happen to messages on one way, which is into a queue or to a subscriber: they come
// twice, come late, or are overtaken. For the decorators of the message queue and of
// publish/subscribe; these say how a message that was kept back is delivered in the end.
#pragma once

#include <optional>

#include "sim/base/inline_function.h"
#include "sim/faults/fault_plan.h"

namespace wukong::faults {

template <class Message>
class MessageFaults {
 public:
  using Deliver = InlineFunction<void(const Message&), 16>;

  MessageFaults(engine::Engine& engine, FaultPlan& plan, Deliver deliver)
      : engine_(engine), plan_(plan), deliver_(std::move(deliver)) {}

  // True: the message is to be delivered once more.
  bool doubles() { return plan_.strikes(FaultKind::duplicate_message); }

  // True: the message is kept back, and delivered later. False: it is to be delivered now.
  bool keeps(const Message& message) {
    if (plan_.strikes(FaultKind::late_message)) {
      engine_.spawn_daemon(deliver_later(message, plan_.delay(FaultKind::late_message)),
                           "a late message");
      return true;
    }
    if (held_ || !plan_.strikes(FaultKind::reordered_message)) return false;
    held_ = message;
    engine_.spawn_daemon(release_later(), "an overtaken message");
    return true;
  }

  // A message was delivered; the one that it has overtaken follows now.
  void release() {
    if (!held_) return;
    const Message message = *std::exchange(held_, std::nullopt);
    deliver_(message);
  }

 private:
  engine::Task<> deliver_later(Message message, Duration delay) {
    co_await engine_.sleep(delay, "the time of a late message");
    deliver_(message);
  }
  // In case no message comes that could overtake the one that is held back.
  engine::Task<> release_later() {
    co_await engine_.sleep(plan_.delay(FaultKind::reordered_message), "another message");
    release();
  }

  engine::Engine& engine_;
  FaultPlan& plan_;
  Deliver deliver_;
  std::optional<Message> held_;  // to be overtaken by the next one
};

}  // namespace wukong::faults

#include "sim/faults/faulty_queue.h"

namespace wukong::faults {

FaultyQueue::FaultyQueue(std::unique_ptr<storage::MessageQueue> queue, engine::Engine& engine,
                         FaultInjector& faults)
    : queue_(std::move(queue)),
      engine_(engine),
      faults_(faults),
      way_(engine, faults.plan(), [this](const Message& message) {
        engine_.spawn_daemon(send_kept(message), "a message that was kept back");
      }) {}

engine::Task<> FaultyQueue::send_kept(Message message) {
  co_await queue_->send(message.from, message.body);
}

engine::Task<> FaultyQueue::send(const hosts::Host& from, uint64_t body) {
  co_await faults_.before_call(from.id);
  const Message message{from, body};
  if (way_.doubles()) co_await queue_->send(from, body);
  if (!way_.keeps(message)) {
    co_await queue_->send(from, body);
    way_.release();
  }
  co_await faults_.after_call(from.id);
}

engine::Task<std::optional<storage::QueueMessage>> FaultyQueue::receive(
    const hosts::Host& to, Duration visibility_timeout) {
  co_await faults_.before_call(to.id);
  const auto message = co_await queue_->receive(to, visibility_timeout);
  co_await faults_.after_call(to.id);
  co_return message;
}

engine::Task<> FaultyQueue::remove(const hosts::Host& from, storage::QueueMessage message) {
  co_await faults_.before_call(from.id);
  co_await queue_->remove(from, message);
  co_await faults_.after_call(from.id);
}

engine::Task<> FaultyQueue::change_visibility(const hosts::Host& from,
                                              storage::QueueMessage message, Duration timeout) {
  co_await faults_.before_call(from.id);
  co_await queue_->change_visibility(from, message, timeout);
  co_await faults_.after_call(from.id);
}

engine::Task<size_t> FaultyQueue::visible(const hosts::Host& from) {
  co_await faults_.before_call(from.id);
  const size_t visible = co_await queue_->visible(from);
  co_await faults_.after_call(from.id);
  co_return visible;
}

}  // namespace wukong::faults

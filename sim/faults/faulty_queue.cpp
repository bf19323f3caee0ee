#include "sim/faults/faulty_queue.h"

namespace wukong::sim {

FaultyQueue::FaultyQueue(std::unique_ptr<MessageQueue> queue, Engine& engine, FaultInjector& faults)
    : queue_(std::move(queue)),
      engine_(engine),
      faults_(faults),
      way_(engine, faults.plan(), [this](const Message& message) {
        engine_.spawn_daemon(send_kept(message), "a message that was kept back");
      }) {}

Task<> FaultyQueue::send_kept(Message message) {
  co_await queue_->send(message.from, message.body);
}

Task<> FaultyQueue::send(const Host& from, uint64_t body) {
  co_await faults_.before_call(from.id);
  const Message message{from, body};
  if (way_.doubles()) co_await queue_->send(from, body);
  if (!way_.keeps(message)) {
    co_await queue_->send(from, body);
    way_.release();
  }
  co_await faults_.after_call(from.id);
}

Task<std::optional<QueueMessage>> FaultyQueue::receive(const Host& to,
                                                       Duration visibility_timeout) {
  co_await faults_.before_call(to.id);
  const auto message = co_await queue_->receive(to, visibility_timeout);
  co_await faults_.after_call(to.id);
  co_return message;
}

Task<> FaultyQueue::remove(const Host& from, QueueMessage message) {
  co_await faults_.before_call(from.id);
  co_await queue_->remove(from, message);
  co_await faults_.after_call(from.id);
}

Task<> FaultyQueue::change_visibility(const Host& from, QueueMessage message, Duration timeout) {
  co_await faults_.before_call(from.id);
  co_await queue_->change_visibility(from, message, timeout);
  co_await faults_.after_call(from.id);
}

Task<size_t> FaultyQueue::visible(const Host& from) {
  co_await faults_.before_call(from.id);
  const size_t visible = co_await queue_->visible(from);
  co_await faults_.after_call(from.id);
  co_return visible;
}

}  // namespace wukong::sim

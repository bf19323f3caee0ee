#include "sim/platform/sqs_queue.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/platform/service_call.h"

namespace wukong::sim {

SqsQueue::SqsQueue(const Books& books, const QueueSpec& spec, uint64_t seed, uint64_t number)
    : books_(books),
      spec_(spec),
      latencies_(seed, "sqs latency", number),
      timer_(
          books.engine, [](void* self) { static_cast<SqsQueue*>(self)->expire_leases(); }, this) {}

// Bills the call and waits for it.
auto SqsQueue::request(ServiceCall& call) {
  call.charge(CostItem::queue, charge(spec_.price_per_million_requests, 1, 1'000'000));
  const double latency =
      latencies_.lognormal(spec_.latency_median.to_seconds(), spec_.latency_sigma);
  return books_.engine.sleep(Duration::from_seconds(latency), "SQS' reply");
}

Task<> SqsQueue::send(const Host& from, uint64_t body) {
  ServiceCall call(books_, Operation::queue_send, {SpanKind::queue, "send", from.id.value()});
  co_await request(call);
  const MessageId id(messages_.size());
  messages_.push_back(Message{.body = body, .lease_end = {}, .receipt = 0});
  ++kept_;
  make_visible(id);
  call.record(TraceKind::queue_sent, id.value());
}

Task<std::optional<QueueMessage>> SqsQueue::receive(const Host& to, Duration visibility_timeout) {
  ServiceCall call(books_, {SpanKind::queue, "receive", to.id.value()});
  co_await request(call);
  const std::optional<MessageId> id = take_visible();
  if (id)
    call.note("message", id->value());
  else
    call.note("empty", 1);
  call.count(id ? Operation::queue_receive : Operation::queue_receive_empty);
  if (!id) co_return std::nullopt;
  Message& message = messages_[id->index()];
  ++message.receipt;
  lease(*id, visibility_timeout);
  call.record(TraceKind::queue_received, id->value());
  co_return QueueMessage{.id = *id, .body = message.body, .receipt = message.receipt};
}

Task<> SqsQueue::remove(const Host& from, QueueMessage delivered) {
  ServiceCall call(books_, Operation::queue_delete, {SpanKind::queue, "delete", from.id.value()});
  co_await request(call);
  Message* const message = if_latest(delivered);
  if (message == nullptr) co_return;
  if (message->state == State::visible) --visible_;
  if (message->state != State::removed) --kept_;
  message->state = State::removed;
}

Task<> SqsQueue::change_visibility(const Host& from, QueueMessage delivered, Duration timeout) {
  ServiceCall call(books_, Operation::queue_extend,
                   {SpanKind::queue, "extend lease", from.id.value()});
  co_await request(call);
  Message* const message = if_latest(delivered);
  if (message != nullptr && message->state == State::leased) lease(delivered.id, timeout);
}

Task<size_t> SqsQueue::visible(const Host& from) {
  ServiceCall call(books_, Operation::queue_attributes,
                   {SpanKind::queue, "count visible", from.id.value()});
  co_await request(call);
  co_return visible_;
}

SqsQueue::Message* SqsQueue::if_latest(QueueMessage delivered) {
  ENSURE(delivered.id.index() < messages_.size(), delivered.id.value(), messages_.size());
  Message& message = messages_[delivered.id.index()];
  ENSURE(delivered.receipt <= message.receipt, delivered.receipt, message.receipt);
  return delivered.receipt == message.receipt ? &message : nullptr;
}

std::optional<MessageId> SqsQueue::take_visible() {
  while (!order_.empty()) {
    const MessageId id = order_.front();
    order_.pop_front();
    if (messages_[id.index()].state == State::removed) continue;
    ENSURE(messages_[id.index()].state == State::visible && visible_ > 0, id.value(), visible_);
    --visible_;
    return id;
  }
  ENSURE(visible_ == 0, visible_);
  return std::nullopt;
}

void SqsQueue::make_visible(MessageId id) {
  messages_[id.index()].state = State::visible;
  order_.push_back(id);
  ++visible_;
}

void SqsQueue::lease(MessageId id, Duration timeout) {
  ENSURE(timeout >= Duration::zero(), timeout.count_ns());
  Message& message = messages_[id.index()];
  message.state = State::leased;
  message.lease_end = books_.engine.now() + timeout;
  lease_ends_.push(LeaseEnd{.time = message.lease_end, .message = id});
  if (!timer_.armed() || message.lease_end < timer_.due()) timer_.arm(message.lease_end);
}

void SqsQueue::expire_leases() {
  while (!lease_ends_.empty()) {
    const LeaseEnd end = lease_ends_.top();
    const Message& message = messages_[end.message.index()];
    const bool still_true = message.state == State::leased && message.lease_end == end.time;
    if (still_true && end.time > books_.engine.now()) {
      timer_.arm(end.time);
      return;
    }
    lease_ends_.pop();
    if (!still_true) continue;
    make_visible(end.message);
    books_.engine.record(TraceKind::lease_expired, 0, end.message.value());
    tell_mark(books_.engine, "lease expired", end.message.value());
  }
}

}  // namespace wukong::sim

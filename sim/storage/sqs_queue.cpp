#include "sim/storage/sqs_queue.h"

#include <algorithm>

#include "sim/accounting/service_call.h"
#include "sim/base/check.h"
#include "sim/hosts/host.h"

namespace wukong::storage {

SqsQueue::SqsQueue(const accounting::Books& books, const QueueSpec& spec, uint64_t seed,
                   uint64_t number)
    : books_(books),
      spec_(spec),
      latencies_(seed, "sqs latency", number),
      timer_(
          books.engine, [](void* self) { static_cast<SqsQueue*>(self)->expire_leases(); }, this) {}

// Bills the call and waits for it.
auto SqsQueue::request(accounting::ServiceCall& call) {
  call.charge(accounting::CostItem::queue, charge(spec_.price_per_million_requests, 1, 1'000'000));
  const double latency =
      latencies_.lognormal(spec_.latency_median.to_seconds(), spec_.latency_sigma);
  return books_.engine.sleep(Duration::from_seconds(latency), "SQS' reply");
}

engine::Task<> SqsQueue::send(const hosts::Host& from, uint64_t body) {
  accounting::ServiceCall call(books_, accounting::Operation::queue_send,
                               {engine::SpanKind::queue, "send", from.id.value()});
  co_await request(call);
  const MessageId id(messages_.size());
  messages_.push_back(Message{.body = body, .lease_end = {}, .receipt = 0});
  ++kept_;
  make_visible(id);
  call.record(engine::TraceKind::queue_sent, id.value());
}

engine::Task<std::optional<QueueMessage>> SqsQueue::receive(const hosts::Host& to,
                                                            Duration visibility_timeout) {
  accounting::ServiceCall call(books_, {engine::SpanKind::queue, "receive", to.id.value()});
  co_await request(call);
  const std::optional<MessageId> id = take_visible();
  if (id)
    call.note("message", id->value());
  else
    call.note("empty", 1);
  call.count(id ? accounting::Operation::queue_receive
                : accounting::Operation::queue_receive_empty);
  if (!id) co_return std::nullopt;
  Message& message = messages_[id->index()];
  ++message.receipt;
  lease(*id, visibility_timeout);
  call.record(engine::TraceKind::queue_received, id->value());
  co_return QueueMessage{.id = *id, .body = message.body, .receipt = message.receipt};
}

engine::Task<> SqsQueue::remove(const hosts::Host& from, QueueMessage delivered) {
  accounting::ServiceCall call(books_, accounting::Operation::queue_delete,
                               {engine::SpanKind::queue, "delete", from.id.value()});
  co_await request(call);
  Message* const message = if_latest(delivered);
  if (message == nullptr) co_return;
  if (message->state == State::visible) --visible_;
  if (message->state != State::removed) --kept_;
  message->state = State::removed;
}

engine::Task<> SqsQueue::change_visibility(const hosts::Host& from, QueueMessage delivered,
                                           Duration timeout) {
  accounting::ServiceCall call(books_, accounting::Operation::queue_extend,
                               {engine::SpanKind::queue, "extend lease", from.id.value()});
  co_await request(call);
  Message* const message = if_latest(delivered);
  if (message != nullptr && message->state == State::leased) lease(delivered.id, timeout);
}

engine::Task<size_t> SqsQueue::visible(const hosts::Host& from) {
  accounting::ServiceCall call(books_, accounting::Operation::queue_attributes,
                               {engine::SpanKind::queue, "count visible", from.id.value()});
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
    books_.engine.record(engine::TraceKind::lease_expired, 0, end.message.value());
    engine::tell_mark(books_.engine, "lease expired", end.message.value());
  }
}

}  // namespace wukong::storage

#include "bench/oracle/queue_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/run/run_result.h"

namespace wukong::oracle {

void QueueCheck::on(Time time, const Asked& asked) {
  if (asked.service == Service::queue) calls_[asked.call] = {asked, time};
}

void QueueCheck::on(Time time, const Answered& answered) {
  const auto found = calls_.find(answered.call);
  if (found == calls_.end()) return;
  const Call call = found->second;
  calls_.erase(found);
  latency_.add(time - call.since, broken_);
  Queue& queue = queues_[call.asked.number];
  look_for_overdue(queue, time);
  switch (call.asked.request) {
    case Request::send:
      queue.visible.push_back(static_cast<uint32_t>(queue.messages.size()));
      queue.messages.emplace_back();
      return;
    case Request::receive:
      return receive(queue, call, answered, time);
    case Request::visible:
      return broken_.expect(answered.visible == queue.visible.size(),
                            fmt::format("a queue says that {} messages are visible, and {} are",
                                        answered.visible, queue.visible.size()));
    default:
      return change(queue, call, time);
  }
}

void QueueCheck::receive(Queue& queue, const Call& call, const Answered& answered, Time time) {
  const bool any = !queue.visible.empty();
  broken_.expect(
      any == answered.message.has_value(),
      fmt::format("a receiver gets {} message at {:.9f} s, and {} visible",
                  answered.message ? "a" : "no", time.to_seconds(), any ? "one is" : "none is"));
  if (!any || !answered.message) return;
  const uint32_t id = queue.visible.front();
  queue.visible.pop_front();
  Message& message = queue.messages[id];
  ++message.receipt;
  message.state = State::leased;
  message.lease_end = time + call.asked.timeout;
  broken_.expect(answered.message->id.value() == id && answered.message->receipt == message.receipt,
                 fmt::format("a receiver gets message {} at {:.9f} s, and {} is the first",
                             answered.message->id.value(), time.to_seconds(), id));
}

// Of a lease; only who has received the message last may do it.
void QueueCheck::change(Queue& queue, const Call& call, Time time) {
  const storage::QueueMessage& known = call.asked.message;
  if (known.id.index() >= queue.messages.size())
    return broken_.expect(false, "a message is changed that was never sent");
  Message& message = queue.messages[known.id.index()];
  if (known.receipt != message.receipt) return;
  if (call.asked.request == Request::remove) {
    std::erase(queue.visible, known.id.value());
    message.state = State::removed;
  } else if (message.state == State::leased) {
    message.lease_end = time + call.asked.timeout;
  }
}

void QueueCheck::on(Time time, const engine::TraceRecord& record) {
  if (record.kind != engine::TraceKind::lease_expired) return;
  for (auto& [number, queue] : queues_) {
    if (record.subject >= queue.messages.size()) continue;
    Message& message = queue.messages[record.subject];
    if (message.state != State::leased || message.lease_end != time) continue;
    message.state = State::visible;
    queue.visible.push_back(record.subject);
    return;
  }
  broken_.expect(false, fmt::format("the lease of message {} ends at {:.9f} s, when it does not",
                                    record.subject, time.to_seconds()));
}

void QueueCheck::look_for_overdue(const Queue& queue, Time time) {
  for (size_t i = 0; i < queue.messages.size(); ++i)
    if (queue.messages[i].state == State::leased && queue.messages[i].lease_end < time)
      broken_.expect(false,
                     fmt::format("message {} is still leased at {:.9f} s, until {:.9f} s", i,
                                 time.to_seconds(), queue.messages[i].lease_end.to_seconds()));
}

void QueueCheck::end(const RunRecord& record, const run::RunResult& result) {
  latency_.end(broken_);
  size_t kept = 0;
  for (const auto& [number, queue] : queues_) {
    look_for_overdue(queue, record.end);
    kept += static_cast<size_t>(
        std::count_if(queue.messages.begin(), queue.messages.end(),
                      [](const Message& message) { return message.state != State::removed; }));
  }
  broken_.expect(kept == result.leftovers.messages,
                 fmt::format("{} messages are left in queues, and {} should be",
                             result.leftovers.messages, kept));
}

}  // namespace wukong::oracle

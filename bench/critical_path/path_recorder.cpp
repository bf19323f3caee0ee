#include "bench/critical_path/path_recorder.h"

#include <algorithm>
#include <utility>

#include "bench/run/run_result.h"
#include "sim/base/check.h"

namespace wukong::critical_path {

using engine::FactUse;
using engine::SpanKind;

// ---- who makes whom go on

PathRecorder::ProcessState& PathRecorder::state(uint32_t process) {
  if (processes_.size() <= process) processes_.resize(size_t{process} + 1);
  return processes_[process];
}

void PathRecorder::woken(uint32_t process) {
  ProcessState& woken = state(process);
  woken.waker = actor_node_;
  if (woken.started) return;
  woken.started = true;
  if (!actor_) return;
  const uint32_t span = span_of(state(*actor_));
  if (span != kNone) state(process).inherited = {span, spans_[span].generation};
}

void PathRecorder::resumed(Time time, uint32_t process, const char* reason) {
  ProcessState& resumed = state(process);
  const NodeRef waker = std::exchange(resumed.waker, NodeRef());
  resumed.last = graph_.add(time, resumed.last, waker, wait_of(resumed, reason));
  actor_ = process;
  actor_node_ = resumed.last;
  most_nodes_ = std::max(most_nodes_, graph_.size());
}

// A process that an event's callback kills, at a time limit for example, is why what happens next
// happens.
void PathRecorder::ended(Time time, uint32_t process) {
  ProcessState& ended = state(process);
  if (!actor_node_) actor_node_ = graph_.add(time, ended.last, {}, wait_of(ended, ""));
  ended.last = NodeRef();
  ended.waker = NodeRef();
}

void PathRecorder::event_begins() {
  actor_.reset();
  actor_node_ = NodeRef();
}

// ---- what a process waits in

void PathRecorder::host(uint32_t host, engine::HostKind kind, std::string_view name) {
  if (next_ != nullptr) next_->host(host, kind, name);
  if (hosts_.size() <= host) hosts_.resize(size_t{host} + 1);
  if (kind == engine::HostKind::function) {
    hosts_[host] = {Place::function, "environment " + std::to_string(++environments_)};
  } else {
    const bool works = name.find("worker") != name.npos || name.find("process") != name.npos;
    hosts_[host] = {works ? Place::worker : Place::scheduler, std::string(name)};
  }
}

uint32_t PathRecorder::begin(Time time, uint32_t process, const engine::SpanStart& start) {
  if (free_spans_.empty()) {
    free_spans_.push_back(static_cast<uint32_t>(spans_.size()));
    spans_.emplace_back();
  }
  const uint32_t number = free_spans_.back();
  free_spans_.pop_back();
  ProcessState& owner = state(process);
  spans_[number] = {.start = start,
                    .process = process,
                    .outer = owner.innermost,
                    .generation = spans_[number].generation + 1,
                    .next = next_ == nullptr ? 0 : next_->begin(time, process, start),
                    .counter = std::nullopt};
  owner.innermost = number;
  return number;
}

void PathRecorder::note(uint32_t span, const char* key, int64_t value) {
  if (next_ != nullptr) next_->note(spans_[span].next, key, value);
  const std::string_view name = key;
  if (name == "missing") spans_[span].missing = true;
  if (name == "counter") spans_[span].counter = static_cast<uint32_t>(value);
}

void PathRecorder::end(Time time, uint32_t number) {
  OpenSpan& span = spans_[number];
  if (next_ != nullptr) next_->end(time, span.next);
  const std::string_view name = span.start.name;
  if (span.start.kind == SpanKind::object && name == "exists" && !span.missing)
    find(Left::object, span.start.subject);
  if (span.start.kind == SpanKind::metadata && name == "read counter" && span.counter)
    find(Left::counter, *span.counter);
  ProcessState& owner = state(span.process);
  ENSURE(owner.innermost == number && "spans of a process are nested", number);
  owner.innermost = span.outer;
  ++span.generation;
  free_spans_.push_back(number);
}

void PathRecorder::link(Time time, uint32_t span, engine::InvocationLink link,
                        uint32_t invocation) {
  if (next_ != nullptr) next_->link(time, spans_[span].next, link, invocation);
}

void PathRecorder::moment(Time time, const engine::Moment& moment) {
  if (next_ != nullptr) next_->moment(time, moment);
}

// Its own innermost span; or that of who started it, who waits for it there.
uint32_t PathRecorder::span_of(const ProcessState& process) const {
  if (process.innermost != kNone) return process.innermost;
  const SpanName& inherited = process.inherited;
  const bool open =
      inherited.slot != kNone && spans_[inherited.slot].generation == inherited.generation;
  return open ? inherited.slot : kNone;
}

Wait PathRecorder::wait_of(const ProcessState& process, const char* reason) const {
  const uint32_t span = span_of(process);
  if (span == kNone) return {std::nullopt, reason};
  return {spans_[span].start, reason};
}

// ---- what processes leave for each other

void PathRecorder::leave(Left what, uint32_t number) {
  left_[static_cast<uint64_t>(what) << 32 | number] = actor_node_;
}

void PathRecorder::find(Left what, uint32_t number) {
  const auto left = left_.find(static_cast<uint64_t>(what) << 32 | number);
  if (left != left_.end() && actor_) graph_.find(actor_node_, left->second);
}

void PathRecorder::fact(Time time, FactUse use, const void* key) {
  if (use == FactUse::last) last_ = actor_node_;
  if (use == FactUse::left) facts_[key] = actor_node_;
  if (use != FactUse::found) return;
  const auto left = facts_.find(key);
  if (left == facts_.end()) return;
  if (actor_)
    graph_.find(actor_node_, left->second);
  else
    actor_node_ = graph_.add(time, left->second, {}, {std::nullopt, "a message"});
}

void PathRecorder::record(const engine::TraceRecord& record) {
  switch (record.kind) {
    case engine::TraceKind::object_written:
      return leave(Left::object, record.subject);
    case engine::TraceKind::object_read:
      return find(Left::object, record.subject);
    case engine::TraceKind::queue_sent:
      return leave(Left::message, record.subject);
    case engine::TraceKind::queue_received:
      return find(Left::message, record.subject);
    case engine::TraceKind::counter_changed:
      return leave(Left::counter, record.subject);
    default:
      return;
  }
}

}  // namespace wukong::critical_path

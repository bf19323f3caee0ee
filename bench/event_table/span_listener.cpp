#include "bench/event_table/span_listener.h"

#include "sim/base/check.h"

namespace wukong::event_table {

void SpanListener::start(const platform::Platform& platform, const dag::Dag& dag) {
  ENSURE(dag_ == nullptr && "it listens to one run");
  dag_ = &dag;
  if (next_ != nullptr) next_->start(platform, dag);
}

void SpanListener::finish(Time now, const run::RunResult& result) {
  end_run(result);
  if (next_ != nullptr) next_->finish(now, result);
}

void SpanListener::host(uint32_t host, engine::HostKind kind, std::string_view name) {
  if (hosts_.size() <= host) hosts_.resize(size_t{host} + 1);
  hosts_[host] = name;
  if (next_ != nullptr) next_->host(host, kind, name);
}

uint32_t SpanListener::begin(Time time, uint32_t process, const engine::SpanStart& start) {
  uint32_t number = static_cast<uint32_t>(spans_.size());
  if (free_.empty()) {
    spans_.emplace_back();
  } else {
    number = free_.back();
    free_.pop_back();
  }
  spans_[number].span = {time, time, start};
  if (next_ != nullptr) spans_[number].next = next_->begin(time, process, start);
  return number;
}

void SpanListener::note(uint32_t span, const char* key, int64_t value) {
  if (std::string_view(key) == "bytes") spans_[span].span.bytes = value;
  if (next_ != nullptr) next_->note(spans_[span].next, key, value);
}

void SpanListener::end(Time time, uint32_t span) {
  spans_[span].span.end = time;
  take(spans_[span].span);
  if (next_ != nullptr) next_->end(time, spans_[span].next);
  free_.push_back(span);
}

void SpanListener::link(Time time, uint32_t span, engine::InvocationLink link,
                        uint32_t invocation) {
  if (next_ != nullptr) next_->link(time, spans_[span].next, link, invocation);
}

void SpanListener::moment(Time time, const engine::Moment& moment) {
  if (next_ != nullptr) next_->moment(time, moment);
}

}  // namespace wukong::event_table

// A host is busy with something from the making of a Span to its end, however that comes: a
// coroutine that is destroyed ends its spans, the innermost first. Costs a test for null when
// nobody listens.
//   Span span(engine, {SpanKind::object, "get", host.id.value(), object.value()});
#pragma once

#include <utility>

#include "sim/engine/engine.h"
#include "sim/engine/span_sink.h"

namespace wukong::engine {

class Span {
 public:
  Span() = default;  // nobody sees it
  // REQUIRES: a process runs.
  Span(Engine& engine, const SpanStart& start) {
    if (SpanSink* sink = engine.spans(); sink != nullptr) [[unlikely]] {
      engine_ = &engine;
      number_ = sink->begin(engine.now(), engine.current_process(), start);
    }
  }
  Span(const Span&) = delete;
  Span& operator=(const Span&) = delete;
  ~Span() { end(); }

  void note(const char* key, int64_t value) {
    if (engine_ != nullptr) [[unlikely]]
      engine_->spans()->note(number_, key, value);
  }
  void causes(uint32_t invocation) {
    if (engine_ != nullptr) [[unlikely]]
      engine_->spans()->link(engine_->now(), number_, InvocationLink::cause, invocation);
  }
  void caused_by(uint32_t invocation) {
    if (engine_ != nullptr) [[unlikely]]
      engine_->spans()->link(engine_->now(), number_, InvocationLink::execution, invocation);
  }
  // Before its destructor does.
  void end() {
    if (engine_ != nullptr) [[unlikely]]
      std::exchange(engine_, nullptr)->end_span(number_);
  }

 private:
  Engine* engine_ = nullptr;  // if somebody listens
  uint32_t number_ = 0;
};

// The same for what has no length.
inline void tell_host(Engine& engine, uint32_t host, HostKind kind, std::string_view name) {
  if (SpanSink* sink = engine.spans(); sink != nullptr) [[unlikely]]
    sink->host(host, kind, name);
}
inline void tell_level(Engine& engine, const char* name, int64_t value) {
  if (SpanSink* sink = engine.spans(); sink != nullptr) [[unlikely]]
    sink->moment(engine.now(), {MomentKind::level, name, value});
}
inline void tell_mark(Engine& engine, const char* name, uint32_t subject) {
  if (SpanSink* sink = engine.spans(); sink != nullptr) [[unlikely]]
    sink->moment(engine.now(), {MomentKind::mark, name, subject});
}

}  // namespace wukong::engine

// One call of a service, in all the books of a run. The making of a ServiceCall counts the
// operation and begins a span; its end, however it comes, ends the span. In between the service
// says what the call has moved, changed and cost, and the usage, the trace hash and the ledger
// agree about it.
//
// Lies in the frame of the coroutine that serves the call, and costs what the single lines would:
// no allocation, no virtual call unless somebody watches the run.
//   ServiceCall call(books_, Operation::object_put, {SpanKind::object, "put", host, object});
//   ...
//   call.wrote(size);
#pragma once

#include "sim/accounting/books.h"
#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/base/money.h"
#include "sim/base/object_size.h"
#include "sim/engine/span.h"
#include "sim/engine/trace.h"

namespace wukong::accounting {

class ServiceCall {
 public:
  // Who calls, and about what (an object, if the call moves one).
  struct Parties {
    uint32_t host;
    uint32_t subject = 0;
  };

  // REQUIRES, of all three: `books` outlives the call.
  ServiceCall(const Books& books, Operation operation, const engine::SpanStart& start)
      : ServiceCall(books, start) {
    count(operation);
  }
  // The service learns during the call which operation it is, and says so with count().
  ServiceCall(const Books& books, const engine::SpanStart& start)
      : books_(books), parties_{start.host, start.subject}, span_(books.engine, start) {}
  // A call that takes no time: it has no span.
  ServiceCall(const Books& books, Operation operation, Parties parties)
      : books_(books), parties_(parties) {
    count(operation);
  }
  ServiceCall(const ServiceCall&) = delete;
  ServiceCall& operator=(const ServiceCall&) = delete;

  void count(Operation operation) { books_.usage.count(operation); }
  void charge(CostItem item, Money price) { books_.ledger.charge(item, price); }
  // A detail for whoever watches; `key` is a literal.
  void note(const char* key, int64_t value) { span_.note(key, value); }
  // The call has had this effect.
  void record(engine::TraceKind kind, uint32_t subject, int64_t value = 0) {
    books_.engine.record(kind, parties_.host, subject, value);
  }

  // The call's object has arrived at the caller, at the store, or was not there.
  void read(ObjectSize size) {
    books_.usage.read += size.actual;
    books_.usage.nominal_read += size.nominal;
    record(engine::TraceKind::object_read, parties_.subject, size.actual.count());
  }
  void wrote(ObjectSize size) {
    books_.usage.written += size.actual;
    books_.usage.nominal_written += size.nominal;
    record(engine::TraceKind::object_written, parties_.subject, size.actual.count());
  }
  void missed() { ++books_.usage.missed_reads; }

 private:
  const Books& books_;
  Parties parties_;
  engine::Span span_;
};

}  // namespace wukong::accounting

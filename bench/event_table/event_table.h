// The events of a run as a table: a row for each thing that a host was busy with (a task, a
// transfer, an invocation, ...), with its times. It is written while the run goes on, in the order
// in which they end, so that nothing is kept but what is under way. docs/tracing.md explains the
// columns. A file that ends in .gz is compressed.
#pragma once

#include <string>

#include "bench/event_table/span_listener.h"
#include "bench/event_table/table_file.h"

namespace wukong::event_table {

class EventTable final : public SpanListener {
 public:
  // Throws Error if the file cannot be made.
  explicit EventTable(const std::string& path, run::RunListener* next = nullptr);
  // Completes the file. Throws Error if not all of it could be written. REQUIRES: the run has
  // ended.
  void close();

 private:
  void take(const EndedSpan& span) override;
  void end_run(const run::RunResult& result) override;

  TableFile file_;
  bool ended_ = false;
};

}  // namespace wukong::event_table

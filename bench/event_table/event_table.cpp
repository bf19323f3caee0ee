#include "bench/event_table/event_table.h"

#include <fmt/format.h>

#include "sim/base/check.h"
#include "workloads/dag/dag.h"

namespace wukong::event_table {
namespace {

using engine::SpanKind;

constexpr const char* kHeader = "begin_s,end_s,kind,what,host,task,object,invocation,bytes\n";

std::string csv_text(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

std::string seconds(Time time) {
  return fmt::format("{}.{:09}", time.count_ns() / 1'000'000'000, time.count_ns() % 1'000'000'000);
}

}  // namespace

EventTable::EventTable(const std::string& path, run::RunListener* next)
    : SpanListener(next), file_(path) {
  file_.write(kHeader);
}

void EventTable::close() {
  ENSURE(ended_ && "a table is complete when its run has ended");
  file_.close();
}

void EventTable::end_run(const run::RunResult&) { ended_ = true; }

void EventTable::take(const EndedSpan& span) {
  const engine::SpanStart& start = span.start;
  // Objects beyond the DAG's are the system's own.
  const bool of_dag = start.kind == SpanKind::object && start.subject < dag().object_count();
  const bool of_call = start.kind == SpanKind::function || start.kind == SpanKind::start ||
                       start.kind == SpanKind::invoke;
  file_.write(
      fmt::format("{},{},{},{},{},{},{},{},{}\n", seconds(span.begin), seconds(span.end),
                  engine::kSpanKindNames[static_cast<size_t>(start.kind)], csv_text(start.name),
                  start.host < hosts().size() ? csv_text(hosts()[start.host]) : "",
                  start.kind == SpanKind::task ? csv_text(dag().name(TaskId(start.subject))) : "",
                  of_dag ? csv_text(dag().name(ObjectId(start.subject))) : "",
                  of_call ? std::to_string(start.subject) : "",
                  span.bytes < 0 ? "" : std::to_string(span.bytes)));
}

}  // namespace wukong::event_table

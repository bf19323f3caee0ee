#include "bench/trace/chrome_trace.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/run/run_result.h"
#include "bench/simulation/run.h"
#include "bench/text/format.h"
#include "sim/base/check.h"
#include "workloads/dag/dag.h"

namespace wukong::trace {
namespace {

using engine::HostKind;
using engine::SpanKind;

// The groups of rows, which a trace calls processes, from top to bottom.
constexpr uint32_t kPlatform = 1;
constexpr uint32_t kMachines = 2;
constexpr uint32_t kFunctions = 3;
constexpr uint32_t kStorage = 4;
constexpr uint32_t kPath = 5;  // only of a run whose critical path is known

}  // namespace

ChromeTrace::ChromeTrace(const std::string& path)
    : file_(path), gauges_(file_, {.platform = kPlatform, .storage = kStorage}) {
  file_.name_process(kPlatform, "platform");
  file_.name_process(kMachines, "client, scheduler, workers");
  file_.name_process(kFunctions, "functions");
  file_.name_process(kStorage, "storage");
}

void ChromeTrace::start(const platform::Platform& platform, const dag::Dag& dag) {
  ENSURE(dag_ == nullptr && "a trace shows one run");
  dag_ = &dag;
  gauges_.watch(platform);
}

void ChromeTrace::finish(Time now, const run::RunResult& result) {
  ENSURE(!ended_);
  ended_ = true;
  gauges_.finish(now);
  for (const std::string_view name : levels_) show_level(now, name, 0);
  description_.add("system", result.system);
  description_.add("workload", result.workload);
  description_.add("seed", static_cast<int64_t>(result.seed));
  description_.add("tasks", static_cast<int64_t>(result.tasks));
  if (result.completed)
    description_.add("makespan_s", text::seconds_of(result.makespan));
  else
    description_.add("failure", result.failure);
  description_.add("trace_hash", fmt::format("{:016x}", result.trace_hash));
}

void ChromeTrace::show_path(const run::CriticalPath& path) {
  ENSURE(ended_);
  const TraceEventFile::Row row{kPath, static_cast<uint32_t>(row_groups_.size())};
  file_.name_process(kPath, "critical path");
  file_.name_row(row, "what the run waited for", row.thread);
  for (const run::PathSegment& segment : path.segments) {
    file_.begin(segment.begin, row, run::kPathPartNames[static_cast<size_t>(segment.part)],
                segment.what);
    TraceArguments where;
    if (!segment.where.empty()) where.add("where", segment.where);
    file_.end(segment.end, row, where);
  }
}

void ChromeTrace::close() {
  ENSURE(ended_ && "a trace is complete when its run has ended");
  file_.close(description_);
}

void ChromeTrace::host(uint32_t host, HostKind kind, std::string_view name) {
  rows_.add_host(host, kind, name);
}

TraceEventFile::Row ChromeTrace::row(uint32_t number) const {
  return {row_groups_[number], number};
}

uint32_t ChromeTrace::begin(Time time, uint32_t process, const engine::SpanStart& start) {
  gauges_.pass(time);
  const TraceRows::Place place = rows_.begin(start.host, process);
  if (place.new_row) {
    const bool function = rows_.kind(start.host) == HostKind::function;
    row_groups_.push_back(function ? kFunctions : kMachines);
    file_.name_row(row(place.row), rows_.name(place.row), rows_.place(place.row));
  }
  if (notes_.size() <= place.span) notes_.resize(size_t{place.span} + 1);
  notes_[place.span].clear();
  file_.begin(time, row(place.row), engine::kSpanKindNames[static_cast<size_t>(start.kind)],
              span_name(start));
  return place.span;
}

std::string ChromeTrace::span_name(const engine::SpanStart& start) const {
  switch (start.kind) {
    case SpanKind::task:
      return dag_->name(TaskId(start.subject));
    case SpanKind::object:
      // Objects beyond the DAG's are the system's own.
      if (start.subject >= dag_->object_count()) return start.name;
      return fmt::format("{} {}", start.name, dag_->name(ObjectId(start.subject)));
    case SpanKind::invoke:
      return fmt::format("invoke {} {}", start.name, start.subject);
    case SpanKind::function:
    case SpanKind::start:
      return fmt::format("{} {}", start.name, start.subject);
    default:
      return start.name;
  }
}

void ChromeTrace::note(uint32_t span, const char* key, int64_t value) {
  notes_[span].add(key, value);
}

void ChromeTrace::end(Time time, uint32_t span) {
  gauges_.pass(time);
  file_.end(time, row(rows_.end(span)), notes_[span]);
}

void ChromeTrace::link(Time time, uint32_t span, engine::InvocationLink link, uint32_t invocation) {
  if (link == engine::InvocationLink::cause)
    file_.arrow_from(time, row_of(span), invocation);
  else
    file_.arrow_to(time, row_of(span), invocation);
}

void ChromeTrace::moment(Time time, const engine::Moment& moment) {
  if (moment.kind == engine::MomentKind::mark) {
    TraceArguments arguments;
    arguments.add("number", moment.value);
    file_.mark(time, kPlatform, moment.name, arguments);
    return;
  }
  if (std::find(levels_.begin(), levels_.end(), moment.name) == levels_.end())
    levels_.push_back(moment.name);
  show_level(time, moment.name, moment.value);
}

void ChromeTrace::show_level(Time time, std::string_view name, int64_t value) {
  TraceArguments values;
  values.add("functions", value);
  file_.counter(time, kPlatform, name, values);
}

}  // namespace wukong::trace

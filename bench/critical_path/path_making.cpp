// The end of a recorder's work: names for what it has recorded.
#include <fmt/format.h>

#include "bench/critical_path/path_recorder.h"
#include "bench/critical_path/path_walk.h"
#include "bench/run/run_result.h"
#include "sim/base/check.h"
#include "workloads/dag/dag.h"

namespace wukong::critical_path {

using engine::SpanKind;

void PathRecorder::start(const platform::Platform& platform, const dag::Dag& dag) {
  ENSURE(dag_ == nullptr && "a recorder listens to one run");
  dag_ = &dag;
  if (next_ != nullptr) next_->start(platform, dag);
}

void PathRecorder::finish(Time now, const run::RunResult& result) {
  if (result.completed) {
    ENSURE(last_ && "a run that has completed has told its end");
    make_path(Time::at(result.makespan));
  }
  if (next_ != nullptr) next_->finish(now, result);
}

void PathRecorder::make_path(Time end) {
  run::CriticalPath path;
  for (const Step& step : walk_back(graph_, last_)) {
    run::PathSegment next{.begin = step.begin, .end = step.end, .what = "unknown", .where = ""};
    if (step.wait) next = segment(step.begin, step.end, *step.wait);
    path.parts[static_cast<size_t>(next.part)] += next.end - next.begin;
    if (!path.segments.empty()) {
      run::PathSegment& last = path.segments.back();
      ENSURE(last.end == next.begin, last.end.count_ns(), next.begin.count_ns());
      if (last.part == next.part && last.what == next.what && last.where == next.where) {
        last.end = next.end;
        continue;
      }
    }
    path.segments.push_back(std::move(next));
  }
  ENSURE(path.total() == end.since_start(), path.total().count_ns(), end.count_ns());
  path_ = std::move(path);
}

run::PathSegment PathRecorder::segment(Time begin, Time end, const Wait& wait) const {
  const bool known = wait.span && wait.span->host < hosts_.size();
  const HostName host = known ? hosts_[wait.span->host] : HostName();
  run::PathSegment segment{.begin = begin,
                           .end = end,
                           .part = part_of(wait, host.place),
                           .what = what_of(wait),
                           .where = host.name};
  if (wait.span && wait.span->kind == SpanKind::object && wait.span->subject < dag_->object_count())
    segment.object = dag_->name(ObjectId(wait.span->subject));
  return segment;
}

std::string PathRecorder::what_of(const Wait& wait) const {
  if (!wait.span) return *wait.reason == '\0' ? "unknown" : wait.reason;
  const engine::SpanStart& span = *wait.span;
  switch (span.kind) {
    case SpanKind::task:
      return dag_->name(TaskId(span.subject));
    case SpanKind::object:
      // Objects beyond the DAG's are the system's own.
      if (span.subject >= dag_->object_count()) return span.name;
      return fmt::format("{} {}", span.name, dag_->name(ObjectId(span.subject)));
    case SpanKind::invoke:
      return fmt::format("invoke {} {}", span.name, span.subject);
    case SpanKind::function:
      return std::string_view(wait.reason) == "a time" ? span.name : wait.reason;
    case SpanKind::start:
      return fmt::format("{} {}", span.name, span.subject);
    default:
      return span.name;
  }
}

}  // namespace wukong::critical_path

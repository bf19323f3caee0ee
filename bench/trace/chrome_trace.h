// A run as a trace file for Perfetto: a row for each executor, machine and worker with what it is
// busy with, arrows from who invokes to what is invoked, and curves of concurrency, bandwidth and
// cost. It is written while the run goes on, and holds no more than what is under way. The same run
// gives the same bytes. docs/tracing.md says how to read it.
#pragma once

#include <string>
#include <vector>

#include "bench/run/critical_path.h"
#include "bench/run/run_listener.h"
#include "bench/trace/trace_event_file.h"
#include "bench/trace/trace_gauges.h"
#include "bench/trace/trace_rows.h"

namespace wukong::trace {

class ChromeTrace final : public run::RunListener {
 public:
  // Throws Error if the file cannot be made.
  explicit ChromeTrace(const std::string& path);
  // Completes the file. Throws Error if not all of it could be written. REQUIRES: the run has
  // ended.
  void close();
  // In a row of its own, before close(). REQUIRES: the run has ended.
  void show_path(const run::CriticalPath& path);

  void start(const platform::Platform& platform, const dag::Dag& dag) override;
  void finish(Time now, const run::RunResult& result) override;

  void host(uint32_t host, engine::HostKind kind, std::string_view name) override;
  uint32_t begin(Time time, uint32_t process, const engine::SpanStart& start) override;
  void note(uint32_t span, const char* key, int64_t value) override;
  void end(Time time, uint32_t span) override;
  void link(Time time, uint32_t span, engine::InvocationLink link, uint32_t invocation) override;
  void moment(Time time, const engine::Moment& moment) override;

 private:
  void show_level(Time time, std::string_view name, int64_t value);
  std::string span_name(const engine::SpanStart& start) const;
  TraceEventFile::Row row(uint32_t number) const;
  TraceEventFile::Row row_of(uint32_t span) const { return row(rows_.row_of(span)); }

  TraceEventFile file_;
  TraceRows rows_;
  TraceGauges gauges_;
  const dag::Dag* dag_ = nullptr;
  std::vector<uint32_t> row_groups_{0};   // by row
  std::vector<TraceArguments> notes_;     // by open span
  std::vector<std::string_view> levels_;  // that were told
  TraceArguments description_;
  bool ended_ = false;
};

}  // namespace wukong::trace

// Writes down a run's events for the oracle, as long as there are not too many. Everything that it
// hears of spans and wake-ups and of the trace it passes on to the next listener, if there is one.
// It changes nothing in a run. Owned by the run; outlives its engine and platform.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "bench/run/run_listener.h"
#include "bench/run_record/run_record.h"
#include "sim/engine/wake_sink.h"

namespace wukong::run_record {

class Recorder final : public run::RunListener,
                       public engine::WakeSink,
                       public engine::TraceSink,
                       public fluid::FlowListener,
                       public functions::FunctionListener {
 public:
  // Null: nobody hears the same. All outlive the recorder.
  struct Next {
    run::RunListener* listener = nullptr;
    engine::WakeSink* wakes = nullptr;
    engine::TraceSink* records = nullptr;
  };
  Recorder(size_t most_events, const Next& next) : most_(most_events), next_(next) {}

  // REQUIRES: the run has ended. Once.
  RunRecord take() { return std::move(record_); }

  // Of the decorated services (recording_backend.h). Whether the record still grows:
  bool goes_on() const { return record_.whole; }
  void add(Time time, What what);
  // The number of a call, which it has until it is answered.
  uint32_t begin_call(Time time, Asked asked);
  void end_call(Time time, const Asked& asked, Answered answer);
  uint32_t add_task(TaskRun run);

  void start(const platform::Platform& platform, const dag::Dag& dag) override;
  void finish(Time now, const run::RunResult& result) override;
  // Before the platform is gone, and once it has ended.
  void note_rentals(const platform::Platform& platform, Time end);

  void host(uint32_t host, engine::HostKind kind, std::string_view name) override;
  uint32_t begin(Time time, uint32_t process, const engine::SpanStart& start) override;
  void note(uint32_t span, const char* key, int64_t value) override;
  void end(Time time, uint32_t span) override;
  void link(Time time, uint32_t span, engine::InvocationLink link, uint32_t invocation) override;
  void moment(Time time, const engine::Moment& moment) override;

  void woken(uint32_t process) override;
  void resumed(Time time, uint32_t process, const char* reason) override;
  void ended(Time time, uint32_t process) override;
  void event_begins() override;
  void fact(Time time, engine::FactUse use, const void* key) override;

  void record(const engine::TraceRecord& record) override;

  void added(Time time, fluid::ResourceId resource, const fluid::ResourceSpec& spec) override;
  void removed(Time time, fluid::ResourceId resource) override;
  uint32_t asked(Time time, uint32_t process, const fluid::Demand& demand) override;
  void began(Time time, uint32_t flow) override;
  void ended(Time time, uint32_t flow, fluid::FlowEnd end) override;

  void added(Time time, FunctionId function, const functions::FunctionConfig& config) override;
  void called(Time time, InvocationId invocation, functions::ApiAnswer answer,
              Duration overhead) override;
  void attempted(Time time, const functions::StartAttempt& attempt) override;
  void evicted(Time time, FunctionId function, HostId host, warm_pool::PoolEvent why) override;
  void prewarmed(Time time, FunctionId function) override;
  void provisioned(Time time, FunctionId function, int64_t environments) override;

 private:
  // An open span of which details count.
  struct OpenSpan {
    Time begin;
    uint32_t process;
    engine::SpanKind kind;
    uint32_t subject;
  };

  size_t most_;
  Next next_;
  RunRecord record_;
  std::map<uint32_t, OpenSpan> spans_;
  std::map<uint32_t, uint32_t> calling_;  // how many open calls a process has, by process
  uint32_t next_span_ = 0;
  uint32_t next_flow_ = 0;
  uint32_t next_call_ = 0;
};

}  // namespace wukong::run_record

#include "bench/run_record/recorder.h"

#include <utility>

#include "sim/base/ids.h"
#include "sim/hosts/machine_type.h"
#include "sim/platform/platform.h"

namespace wukong::run_record {

using engine::SpanKind;
using engine::TraceKind;

void Recorder::add(Time time, What what) {
  if (!record_.whole) return;
  if (record_.events.size() >= most_) {
    record_.whole = false;
    record_.events.clear();
    return;
  }
  record_.events.push_back({time, std::move(what)});
}

uint32_t Recorder::begin_call(Time time, Asked asked) {
  asked.call = next_call_++;
  ++calling_[asked.process];
  const uint32_t number = asked.call;
  add(time, std::move(asked));
  return number;
}

void Recorder::end_call(Time time, const Asked& asked, Answered answer) {
  if (const auto open = calling_.find(asked.process); open != calling_.end() && --open->second == 0)
    calling_.erase(open);
  add(time, std::move(answer));
}

uint32_t Recorder::add_task(TaskRun run) {
  record_.tasks.push_back(std::move(run));
  return static_cast<uint32_t>(record_.tasks.size() - 1);
}

// ---- the run

void Recorder::start(const platform::Platform& platform, const dag::Dag& dag) {
  if (next_.listener != nullptr) next_.listener->start(platform, dag);
}

void Recorder::finish(Time now, const run::RunResult& result) {
  if (next_.listener != nullptr) next_.listener->finish(now, result);
}

void Recorder::note_rentals(const platform::Platform& platform, Time end) {
  record_.end = end;
  for (const platform::RentedMachine& rented : platform.rentals())
    record_.rentals.push_back({rented.type->name, rented.item, rented.since});
}

// ---- spans: an invocation's API call, and which shard a store's call goes to

void Recorder::host(uint32_t host, engine::HostKind kind, std::string_view name) {
  if (next_.listener != nullptr) next_.listener->host(host, kind, name);
  if (kind == engine::HostKind::function)
    record_.environments.insert(host);
  else
    record_.machines.try_emplace(host, name);
}

uint32_t Recorder::begin(Time time, uint32_t process, const engine::SpanStart& start) {
  const uint32_t span =
      next_.listener != nullptr ? next_.listener->begin(time, process, start) : next_span_++;
  if (record_.whole && (start.kind == SpanKind::invoke || start.kind == SpanKind::object))
    spans_[span] = {time, process, start.kind, start.subject};
  return span;
}

void Recorder::note(uint32_t span, const char* key, int64_t value) {
  if (next_.listener != nullptr) next_.listener->note(span, key, value);
  const auto found = spans_.find(span);
  if (found == spans_.end()) return;
  const OpenSpan& open = found->second;
  const std::string_view name = key;
  if (open.kind == SpanKind::invoke && name == "bytes")
    add(open.begin, CallBegan{InvocationId(open.subject), Bytes(value)});
  if (open.kind == SpanKind::object && name == "shard") add(open.begin, Shard{open.process, value});
}

void Recorder::end(Time time, uint32_t span) {
  spans_.erase(span);
  if (next_.listener != nullptr) next_.listener->end(time, span);
}

void Recorder::link(Time time, uint32_t span, engine::InvocationLink link, uint32_t invocation) {
  if (next_.listener != nullptr) next_.listener->link(time, span, link, invocation);
}

void Recorder::moment(Time time, const engine::Moment& moment) {
  if (next_.listener != nullptr) next_.listener->moment(time, moment);
}

// ---- processes

void Recorder::woken(uint32_t process) {
  if (next_.wakes != nullptr) next_.wakes->woken(process);
}

void Recorder::resumed(Time time, uint32_t process, const char* reason) {
  if (next_.wakes != nullptr) next_.wakes->resumed(time, process, reason);
  if (record_.whole && calling_.contains(process)) add(time, Resumed{process, reason});
}

void Recorder::ended(Time time, uint32_t process) {
  if (next_.wakes != nullptr) next_.wakes->ended(time, process);
  calling_.erase(process);
}

void Recorder::event_begins() {
  if (next_.wakes != nullptr) next_.wakes->event_begins();
}

void Recorder::fact(Time time, engine::FactUse use, const void* key) {
  if (next_.wakes != nullptr) next_.wakes->fact(time, use, key);
}

// ---- the trace: of functions and of leases

void Recorder::record(const engine::TraceRecord& record) {
  if (next_.records != nullptr) next_.records->record(record);
  switch (record.kind) {
    case TraceKind::invoked:
    case TraceKind::throttled:
    case TraceKind::started:
    case TraceKind::finished:
    case TraceKind::failed:
    case TraceKind::lease_expired:
      return add(record.time, record);
    default:
      return;
  }
}

// ---- the pool of shared resources

void Recorder::added(Time time, fluid::ResourceId resource, const fluid::ResourceSpec& spec) {
  add(time, ResourceAdded{resource, spec});
}

void Recorder::removed(Time time, fluid::ResourceId resource) {
  add(time, ResourceRemoved{resource});
}

uint32_t Recorder::asked(Time time, uint32_t process, const fluid::Demand& demand) {
  add(time, FlowAsked{next_flow_, process, demand});
  return next_flow_++;
}

void Recorder::began(Time time, uint32_t flow) { add(time, FlowBegan{flow}); }

void Recorder::ended(Time time, uint32_t flow, fluid::FlowEnd end) {
  add(time, FlowEnded{flow, end});
}

// ---- the function service

void Recorder::added(Time time, FunctionId function, const functions::FunctionConfig& config) {
  add(time, FunctionAdded{function, config});
}

void Recorder::called(Time time, InvocationId invocation, functions::ApiAnswer answer,
                      Duration overhead) {
  add(time, Called{invocation, answer, overhead});
}

void Recorder::attempted(Time time, const functions::StartAttempt& attempt) { add(time, attempt); }

void Recorder::evicted(Time time, FunctionId function, HostId host, warm_pool::PoolEvent why) {
  add(time, Evicted{function, host, why});
}

void Recorder::prewarmed(Time time, FunctionId function) { add(time, Prewarmed{function}); }

void Recorder::provisioned(Time time, FunctionId function, int64_t environments) {
  add(time, Provisioned{function, environments});
}

}  // namespace wukong::run_record

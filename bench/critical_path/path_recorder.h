// Listens to one run, and knows in the end why it took as long as it did.
//   PathRecorder recorder;
//   simulation::Watch watch{.listener = &recorder, .wakes = &recorder, .records = &recorder};
//   ...
//   recorder.path();
// Spans and what else a listener hears is passed on to the next one, if there is one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bench/critical_path/path_part.h"
#include "bench/critical_path/wake_graph.h"
#include "bench/run/critical_path.h"
#include "bench/run/run_listener.h"
#include "sim/engine/trace.h"
#include "sim/engine/wake_sink.h"

namespace wukong::critical_path {

class PathRecorder final : public run::RunListener,
                           public engine::WakeSink,
                           public engine::TraceSink {
 public:
  // `next` outlives the run.
  explicit PathRecorder(run::RunListener* next = nullptr) : next_(next) {}

  // After the run; nothing if it did not complete. Its parts add up to the run's makespan.
  const std::optional<run::CriticalPath>& path() const { return path_; }
  // Nodes that are kept, at the most, for reports of what it costs.
  size_t most_nodes() const { return most_nodes_; }

  void start(const platform::Platform& platform, const dag::Dag& dag) override;
  void finish(Time now, const run::RunResult& result) override;

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

 private:
  static constexpr uint32_t kNone = WakeGraph::kNone;
  // What a process leaves for others under a number.
  enum class Left : uint8_t { object, message, counter };

  struct OpenSpan {
    engine::SpanStart start;
    uint32_t process = 0;
    uint32_t outer = kNone;
    uint32_t generation = 0;  // of the slot, to tell spans apart that had the same one
    uint32_t next = 0;        // its number at the next listener
    bool missing = false;     // the object that it looked for
    std::optional<uint32_t> counter;
  };
  struct SpanName {
    uint32_t slot = kNone;
    uint32_t generation = 0;
  };
  struct ProcessState {
    NodeRef last;   // when it last went on
    NodeRef waker;  // who has made it ready since then
    uint32_t innermost = kNone;
    SpanName inherited;  // of who started it, while that is open
    bool started = false;
  };
  struct HostName {
    Place place = Place::worker;
    std::string name;
  };

  ProcessState& state(uint32_t process);
  uint32_t span_of(const ProcessState& process) const;
  Wait wait_of(const ProcessState& process, const char* reason) const;
  void leave(Left what, uint32_t number);
  void find(Left what, uint32_t number);
  run::PathSegment segment(Time begin, Time end, const Wait& wait) const;
  std::string what_of(const Wait& wait) const;
  void make_path(Time end);

  run::RunListener* next_;
  const dag::Dag* dag_ = nullptr;
  WakeGraph graph_;  // before all that refers to its nodes
  std::vector<ProcessState> processes_;
  std::optional<uint32_t> actor_;  // a process that acts
  NodeRef actor_node_;
  std::vector<OpenSpan> spans_;
  std::vector<uint32_t> free_spans_;
  std::map<uint64_t, NodeRef> left_;
  std::map<const void*, NodeRef> facts_;
  std::vector<HostName> hosts_;
  uint32_t environments_ = 0;
  NodeRef last_;  // where the client had its results
  size_t most_nodes_ = 0;
  std::optional<run::CriticalPath> path_;
};

}  // namespace wukong::critical_path

// Hears of a run's spans as wholes, when they have ended, and passes on what it hears to the next
// listener, if there is one.
#pragma once

#include <string>
#include <vector>

#include "bench/run/run_listener.h"

namespace wukong::event_table {

struct EndedSpan {
  Time begin;
  Time end;
  engine::SpanStart start;
  int64_t bytes = -1;  // below 0: nobody has told
};

class SpanListener : public run::RunListener {
 public:
  // `next` outlives the run.
  explicit SpanListener(run::RunListener* next) : next_(next) {}

  void start(const platform::Platform& platform, const dag::Dag& dag) override;
  void finish(Time now, const run::RunResult& result) override;

  void host(uint32_t host, engine::HostKind kind, std::string_view name) override;
  uint32_t begin(Time time, uint32_t process, const engine::SpanStart& start) override;
  void note(uint32_t span, const char* key, int64_t value) override;
  void end(Time time, uint32_t span) override;
  void link(Time time, uint32_t span, engine::InvocationLink link, uint32_t invocation) override;
  void moment(Time time, const engine::Moment& moment) override;

 protected:
  virtual void take(const EndedSpan& span) = 0;
  virtual void end_run(const run::RunResult& result) = 0;

  // REQUIRES: a run has started, and its finish has not returned.
  const dag::Dag& dag() const { return *dag_; }
  const std::vector<std::string>& hosts() const { return hosts_; }  // their names, by id

 private:
  struct OpenSpan {
    EndedSpan span;
    uint32_t next = 0;  // its number at the next listener
  };

  run::RunListener* next_;
  const dag::Dag* dag_ = nullptr;
  std::vector<std::string> hosts_;
  std::vector<OpenSpan> spans_;  // by number
  std::vector<uint32_t> free_;
};

}  // namespace wukong::event_table

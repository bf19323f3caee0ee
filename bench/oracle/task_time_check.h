// How long tasks take: by what they cost, the vCPUs and the speed of their host, and what they get
// of the cores, the memory bus and the new memory that they share with others there.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "bench/invariants/broken_invariants.h"
#include "bench/oracle/record.h"

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::oracle {

class TaskTimeCheck {
 public:
  // All outlive it.
  TaskTimeCheck(const platform::PlatformSpec& spec, const RunRecord& record,
                invariants::BrokenInvariants& broken)
      : spec_(spec), record_(record), broken_(broken) {}

  void on(Time time, const Asked& asked);
  void on(Time time, const Answered& answered);
  void on(Time time, const FlowAsked& asked);
  void on(Time time, const FlowEnded& ended);
  template <class Other>
  void on(Time, const Other&) {}

 private:
  // A share of a resource of the host that a task needs.
  struct Part {
    fluid::ResourceId resource;
    int64_t amount = 0;
    int64_t cap = 0;
    bool begun = false;
    std::optional<Time> end;
  };
  struct Execution {
    const TaskRun* run = nullptr;
    std::optional<Part> memory;  // first, before anything else begins
    std::vector<Part> parts;     // side by side
    Time begin;                  // of those
  };

  bool fits(const Part& part, const fluid::Demand& demand) const;
  void begin_parts(Execution& execution, Time time);
  double given_s(const TaskRun& run) const;
  double alone_s(const TaskRun& run) const;
  double all_alone_s(const TaskRun& run) const;

  const platform::PlatformSpec& spec_;
  const RunRecord& record_;
  invariants::BrokenInvariants& broken_;
  std::map<uint32_t, Execution> executions_;               // by call
  std::map<uint32_t, std::pair<uint32_t, size_t>> flows_;  // of parts: call and number
};

}  // namespace wukong::oracle

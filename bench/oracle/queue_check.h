// Message queues: which message a receiver gets, until when it is leased, when it comes back, and
// that no request with an old receipt has an effect.
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "bench/invariants/broken_invariants.h"
#include "bench/oracle/latency_sample.h"
#include "bench/oracle/record.h"
#include "sim/storage/storage_spec.h"

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::oracle {

class QueueCheck {
 public:
  QueueCheck(const storage::QueueSpec& spec, invariants::BrokenInvariants& broken)
      : latency_("a request to a queue", spec.latency_median, spec.latency_sigma),
        broken_(broken) {}

  void on(Time time, const Asked& asked);
  void on(Time time, const Answered& answered);
  void on(Time time, const engine::TraceRecord& record);
  template <class Other>
  void on(Time, const Other&) {}

  void end(const RunRecord& record, const run::RunResult& result);

 private:
  enum class State : uint8_t { visible, leased, removed };
  struct Message {
    State state = State::visible;
    uint32_t receipt = 0;
    Time lease_end;
  };
  struct Queue {
    std::vector<Message> messages;
    std::deque<uint32_t> visible;  // in the order in which they became so
  };
  struct Call {
    Asked asked;
    Time since;
  };

  void receive(Queue& queue, const Call& call, const Answered& answered, Time time);
  void change(Queue& queue, const Call& call, Time time);
  void look_for_overdue(const Queue& queue, Time time);

  LatencySample latency_;
  invariants::BrokenInvariants& broken_;
  std::map<uint32_t, Queue> queues_;
  std::map<uint32_t, Call> calls_;
};

}  // namespace wukong::oracle

// The part of the invariants that is about functions: what runs where, for how long, and what it
// costs. Owned by the checker.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "bench/invariants/broken_invariants.h"
#include "sim/base/time.h"

namespace wukong::engine {
struct TraceRecord;
}  // namespace wukong::engine

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::invariants {

struct Expectations;

class FunctionCheck {
 public:
  FunctionCheck(const platform::PlatformSpec& platform, BrokenInvariants& broken)
      : platform_(platform), broken_(broken) {}

  void follow(const engine::TraceRecord& record);
  void end(const run::RunResult& result, const Expectations& expected);

  // Whether the host ever ran a function, and whether it runs one now.
  bool is_function(uint32_t host) const { return hosts_.contains(host); }
  bool runs(uint32_t host) const { return running_.contains(host); }
  bool any_failed() const { return failed_; }
  // The time of all functions together, until the last thing that happened.
  Duration busy() const;
  uint64_t expired_leases() const { return expired_leases_; }

 private:
  struct Running {
    Time since;
    uint32_t function;
  };
  struct Totals {
    Duration billed;
    Duration longest;
  };

  void start(const engine::TraceRecord& record);
  void stop(const engine::TraceRecord& record);
  void check_bill(const run::RunResult& result, const Expectations& expected);
  void expect_close(double actual, double expected, const std::string& sentence);

  const platform::PlatformSpec& platform_;
  BrokenInvariants& broken_;
  std::map<uint32_t, uint32_t> invoked_;  // the function, by invocation
  std::map<uint32_t, Running> running_;   // by host
  std::map<uint32_t, Totals> totals_;     // by function
  std::set<uint32_t> hosts_;              // that ever ran one
  std::map<uint32_t, Time> leased_;       // messages: when they were received
  std::optional<Duration> first_expiry_;  // the shortest of all leases that ran out
  size_t most_ = 0;                       // at a time
  uint64_t invocations_ = 0;
  bool failed_ = false;
  Duration busy_;  // of functions that have ended
  Time last_;      // record
  uint64_t expired_leases_ = 0;
};

}  // namespace wukong::invariants

// The bill, to the last 1e-12 USD, and what was used: from executions and calls, by the prices of
// the platform's spec.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "bench/invariants/broken_invariants.h"
#include "bench/oracle/record.h"
#include "sim/base/money.h"

namespace wukong::platform {
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::oracle {

class BillCheck {
 public:
  // All outlive it.
  BillCheck(const platform::PlatformSpec& spec, const RunRecord& record,
            invariants::BrokenInvariants& broken)
      : spec_(spec), record_(record), broken_(broken) {}

  void on(Time time, const FunctionAdded& added);
  void on(Time time, const CallBegan& began);
  void on(Time time, const functions::StartAttempt& attempt);
  void on(Time time, const engine::TraceRecord& record);
  void on(Time time, const StoreMade& made);
  void on(Time time, const Preloaded& preloaded);
  void on(Time time, const Asked& asked);
  void on(Time time, const Answered& answered);
  template <class Other>
  void on(Time, const Other&) {}

  // `s3`: what its requests cost, in 1e-12 USD; they are charged when they are let in, which
  // another check knows. `functions_charged`: false for a bound, whose functions do not run.
  void end(const run::RunResult& result, std::optional<int64_t> s3, bool functions_charged);

 private:
  struct Running {
    Time since;
    int64_t memory_mb;
    Duration initialization;
    bool provisioned;
  };

  void stop(Time time, const engine::TraceRecord& record);
  void count(const Asked& asked);
  void check_counts(const run::RunResult& result);
  void charge_provisioned();
  void check_rentals(const run::RunResult& result);
  int64_t rental_price(const Rental& rental) const;
  void expect_money(const run::RunResult& result, accounting::CostItem item, int64_t pico_usd);

  const platform::PlatformSpec& spec_;
  const RunRecord& record_;
  invariants::BrokenInvariants& broken_;
  std::map<uint32_t, int64_t> memory_mb_;                        // by function
  std::map<uint32_t, std::pair<Time, int64_t>> provisioned_mb_;  // since when, how much
  std::map<uint32_t, functions::StartAttempt> attempts_;  // the latest that starts, by invocation
  std::map<uint32_t, Running> running_;                   // by host
  std::map<uint32_t, Asked> calls_;                       // that have no answer yet
  std::map<std::pair<uint32_t, uint32_t>, ObjectSize> sizes_;  // by store and object
  std::array<uint64_t, accounting::kOperations> operations_{};
  bool any_store_ = false;
  int64_t functions_ = 0;  // 1e-12 USD
  int64_t requests_ = 0;
  int64_t storage_ = 0;
  int64_t queue_ = 0;
  double billed_mb_ns_ = 0;
  Bytes read_;
  Bytes written_;
  Bytes nominal_read_;
  Bytes nominal_written_;
  std::map<uint32_t, Time> executions_;  // starts, by call
  std::set<uint32_t> tasks_done_;
  double vcpu_s_ = 0;  // of functions, then of machines too
  double whole_vcpu_s_ = 0;
  uint64_t cold_starts_ = 0;
  Duration executing_;
};

}  // namespace wukong::oracle

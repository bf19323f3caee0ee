#include "bench/invariants/function_check.h"

#include <algorithm>
#include <cmath>

#include "bench/invariants/expectations.h"
#include "bench/run/run_result.h"
#include "sim/engine/trace.h"
#include "sim/platform/platform_spec.h"

namespace wukong::invariants {

using engine::TraceKind;
using engine::TraceRecord;

void FunctionCheck::follow(const TraceRecord& record) {
  last_ = record.time;
  switch (record.kind) {
    case TraceKind::invoked:
      invoked_[record.actor] = record.subject;
      break;
    case TraceKind::started:
      start(record);
      break;
    case TraceKind::finished:
    case TraceKind::failed:
      stop(record);
      break;
    case TraceKind::queue_received:
      leased_[record.subject] = record.time;
      break;
    case TraceKind::lease_expired: {
      ++expired_leases_;
      const Duration held = record.time - leased_[record.subject];
      first_expiry_ = std::min(first_expiry_.value_or(held), held);
      break;
    }
    default:
      break;
  }
}

void FunctionCheck::start(const TraceRecord& record) {
  hosts_.insert(record.subject);
  const bool idle =
      running_.try_emplace(record.subject, Running{record.time, invoked_[record.actor]}).second;
  broken_.expect(idle, "an environment runs two functions at a time");
  most_ = std::max(most_, running_.size());
  ++invocations_;
}

void FunctionCheck::stop(const TraceRecord& record) {
  const auto function = running_.find(record.subject);
  if (function == running_.end()) return broken_.expect(false, "a function ends that does not run");
  const Duration ran = record.time - function->second.since;
  busy_ += ran;
  Totals& totals = totals_[function->second.function];
  totals.longest = std::max(totals.longest, ran);
  running_.erase(function);
  if (record.kind == TraceKind::finished) {
    const Duration billed = Duration::nanoseconds(record.value);
    broken_.expect(billed >= ran, "a function is billed for less time than it ran");
    totals.billed += billed;
  } else {
    failed_ = true;
    totals.billed += ran;  // what it was billed for is not in the trace
  }
}

Duration FunctionCheck::busy() const {
  Duration busy = busy_;
  for (const auto& [host, running] : running_) busy += last_ - running.since;
  return busy;
}

void FunctionCheck::end(const run::RunResult& result, const Expectations& expected) {
  // What runs at the horizon has run until then, whatever happened last.
  if (result.horizon) last_ = std::max(last_, Time::at(*result.horizon));
  if (result.completed && expected.tidy)
    broken_.expect(running_.empty(), "a function was still running at the end");
  broken_.expect(result.invocations == invocations_,
                 "the result counts other invocations than the trace");
  broken_.expect(result.peak_concurrency >= most_, "the peak is below what the trace shows");
  broken_.expect(
      result.peak_concurrency <= static_cast<uint64_t>(platform_.functions.account_concurrency),
      "the account's concurrency is exceeded");
  for (const auto& [function, totals] : totals_)
    broken_.expect(totals.longest <= result.functions.at(function).time_limit,
                   "a function ran for longer than its time limit");
  if (expected.shortest_lease && first_expiry_ && !failed_)  // a holder that is gone renews nothing
    broken_.expect(*first_expiry_ >= *expected.shortest_lease,
                   "the lease of a message ran out after {:.3f} s, while its holder was "
                   "to renew it for {:.3f} s",
                   first_expiry_->to_seconds(), expected.shortest_lease->to_seconds());
  check_bill(result, expected);
}

void FunctionCheck::check_bill(const run::RunResult& result, const Expectations& expected) {
  const accounting::Ledger& cost = result.cost;
  Money sum;
  for (size_t i = 0; i < accounting::kCostItems; ++i) {
    const Money item = cost.of(static_cast<accounting::CostItem>(i));
    broken_.expect(item >= Money(),
                   std::string(accounting::kCostItemNames[i]) + " cost less than nothing");
    sum += item;
  }
  broken_.expect(sum == cost.total(), "the items of the cost do not add up to its total");
  if (!expected.runs_tasks) return;
  const auto& prices = platform_.functions.billing;
  // What is provisioned has prices of its own, which another check knows (bench/oracle).
  const bool on_demand =
      std::all_of(result.functions.begin(), result.functions.end(),
                  [](const auto& function) { return function.provisioned_concurrency == 0; });
  if (on_demand)
    expect_close(cost.of(accounting::CostItem::functions).to_usd(),
                 result.billed_gb_s * prices.price_per_gb_s.to_usd(),
                 "what functions cost is not what was billed");
  expect_close(cost.of(accounting::CostItem::requests).to_usd(),
               static_cast<double>(invocations_) * prices.price_per_million_requests.to_usd() / 1e6,
               "what requests cost is not their number times their price");
  if (!running_.empty()) return;
  double gb_s = 0;
  for (const auto& [function, totals] : totals_)
    gb_s += totals.billed.to_seconds() *
            static_cast<double>(result.functions.at(function).memory_mb) / 1024;
  if (failed_)
    broken_.expect(result.billed_gb_s > gb_s * (1 - 1e-9), "less was billed than was used");
  else
    expect_close(result.billed_gb_s, gb_s, "what was billed is not the sum over the functions");
}

// Amounts are rounded up once an invocation, to 1e-12 USD.
void FunctionCheck::expect_close(double actual, double expected, const std::string& sentence) {
  const double tolerance = 1e-9 * expected + 2e-12 * static_cast<double>(invocations_);
  broken_.expect(std::abs(actual - expected) <= tolerance, sentence);
}

}  // namespace wukong::invariants

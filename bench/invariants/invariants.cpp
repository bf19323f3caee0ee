#include "bench/invariants/invariants.h"

#include <algorithm>

#include "bench/run/run_result.h"

namespace wukong::invariants {

using engine::TraceKind;

void BrokenInvariants::add(const std::string& sentence) {
  constexpr size_t kMost = 20;
  if (sentences_.size() >= kMost) return;
  if (std::find(sentences_.begin(), sentences_.end(), sentence) == sentences_.end())
    sentences_.push_back(sentence);
}

void InvariantChecker::record(const engine::TraceRecord& record) {
  if (next_ != nullptr) next_->record(record);
  if (record.kind == TraceKind::resumed) return;
  functions_.follow(record);
  tasks_.follow(record, functions_);
}

std::vector<std::string> InvariantChecker::end(const run::RunResult& result,
                                               const Expectations& expected) {
  check_end(result, expected);
  tasks_.end(result, expected, functions_);
  functions_.end(result, expected);
  check_resources(dag_, result, expected, functions_, broken_);
  return broken_.sentences();
}

void InvariantChecker::check_end(const run::RunResult& result, const Expectations& expected) {
  broken_.expect(!result.failure.empty() || result.completed, "it failed without a reason");
  broken_.expect(result.completed || !expected.completes,
                 "it did not complete: " + result.failure.substr(0, result.failure.find('\n')));
  const run::Leftovers& left = result.leftovers;
  broken_.expect(left.processes == 0, "{} processes are left", left.processes);
  broken_.expect(left.flows == 0, "{} flows are left of processes that are gone", left.flows);
  if (!result.completed || !expected.tidy) return;
  broken_.expect(left.invocations == 0, "{} invocations are left", left.invocations);
  // A message whose lease ran out is another's: who did its work first can no longer remove it.
  broken_.expect(left.messages <= functions_.expired_leases(), "{} messages are left in a queue",
                 left.messages);
}

}  // namespace wukong::invariants

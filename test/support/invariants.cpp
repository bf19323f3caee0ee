#include "test/support/invariants.h"

#include "bench/invariants/invariants.h"

namespace wukong::test {

std::vector<std::string> violations(const dag::Dag& dag, const platform::PlatformSpec& platform,
                                    const PolicyRun& run) {
  invariants::InvariantChecker checker(dag, platform);
  for (const engine::TraceRecord& record : run.records) checker.record(record);
  return checker.end(run.result, invariants::Expectations());
}

}  // namespace wukong::test

#include "test/support/invariants.h"

#include "bench/invariants/invariants.h"

namespace wukong::test {

std::vector<std::string> violations(const workloads::Dag& dag, const sim::PlatformSpec& platform,
                                    const PolicyRun& run) {
  bench::InvariantChecker checker(dag, platform);
  for (const sim::TraceRecord& record : run.records) checker.record(record);
  return checker.end(run.result, bench::Expectations());
}

}  // namespace wukong::test

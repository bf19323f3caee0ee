#include "bench/metric.h"

#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::bench {
namespace {

double value_of(const std::string& name, const RunResult& run) {
  return find_metric(name, "--metric").of(run);
}

TEST_CASE("workers are priced as if each ran as long as the run", "[bench]") {
  // 500 GB-s for a cent; 10 workers of 2 GB for 100 s are 2000 GB-s.
  RunResult run;
  run.makespan = Duration::seconds(100);
  run.functions.push_back({.memory_mb = 2048});
  run.billed_gb_s = 500;
  run.cost.charge(sim::CostItem::functions, Money::from_usd(0.01));
  CHECK(value_of("cost_workers_usd", run) == 0);  // no workers: executors come and go
  run.workers = 10;
  CHECK(value_of("cost_workers_usd", run) == Approx(0.04));
  CHECK(value_of("cost_functions_usd", run) == Approx(0.01));
}

TEST_CASE("a metric that there is not is refused with the nearest name", "[bench]") {
  const std::string text = error_text([] { find_metric("cost_worker_usd", "--metric"); });
  CHECK(text.find("--metric") == 0);
  CHECK(text.find("did you mean \"cost_workers_usd\"?") != std::string::npos);
}

}  // namespace
}  // namespace wukong::bench

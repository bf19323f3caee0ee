#include "bench/result/metric.h"

#include <cmath>
#include <set>

#include "bench/result/metric_list.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/support/golden.h"

namespace wukong::result {
namespace {

double value_of(const std::string& name, const run::RunResult& run) {
  return find_metric(name, "--metric").of(run);
}

TEST_CASE("workers are priced as if each ran for the time that its system reports", "[bench]") {
  // 500 GB-s for a cent; 10 workers of 2 GB for 100 s are 2000 GB-s.
  run::RunResult run;
  run.makespan = Duration::seconds(130);
  run.reported = Duration::seconds(100);
  run.functions.push_back({.memory_mb = 2048});
  run.billed_gb_s = 500;
  run.cost.charge(accounting::CostItem::functions, Money::from_usd(0.01));
  CHECK(value_of("cost_workers_usd", run) == 0);  // no workers: executors come and go
  run.workers = 10;
  CHECK(value_of("cost_workers_usd", run) == Approx(0.04));
  CHECK(value_of("cost_functions_usd", run) == Approx(0.01));
}

TEST_CASE("a metric that there is not is refused with the nearest name", "[bench]") {
  const std::string text = test::error_text([] { find_metric("cost_worker_usd", "--metric"); });
  CHECK(text.find("--metric") == 0);
  CHECK(text.find("did you mean \"cost_workers_usd\"?") != std::string::npos);
}

// The metric whose field is `field`.
const Metric& at_field(const std::string& field) {
  for (const Metric& metric : metrics())
    if (metric.field == field) return metric;
  FAIL("no metric has the field " << field);
  return metrics().front();
}

TEST_CASE("a metric is called once, by a name that ends in its unit", "[bench]") {
  const std::pair<std::string_view, std::string_view> endings[] = {
      {"s", "_s"}, {"USD", "_usd"}, {"GB", "_gb"}, {"core s", "_core_s"}, {"GB s", "_gb_s"}};
  std::set<std::string_view> names;
  std::set<std::string_view> fields;
  for (const Metric& metric : metrics()) {
    INFO(metric.name);
    CHECK(names.insert(metric.name).second);
    CHECK((metric.field.empty() || fields.insert(metric.field).second));
    CHECK(metric.about.ends_with('.'));
    CHECK(metric.about.find(". ") == std::string_view::npos);
    bool known = metric.unit.empty();
    for (const auto& [unit, ending] : endings)
      known = known || (metric.unit == unit && metric.name.ends_with(ending));
    CHECK(known);
  }
}

TEST_CASE("what is taken from a run has the type of its unit", "[bench]") {
  run::RunResult run;
  run.completed = true;
  run::LoadGroup& jobs = run.load.emplace().all;
  jobs.arrived = jobs.invocations = 1;
  for (statistics::QuantileSketch* sketch : {&jobs.response, &jobs.slowdown, &jobs.queueing})
    sketch->add(Duration::seconds(1));
  run.load->by_application.emplace();
  for (const Metric& metric : metrics()) {
    INFO(metric.name);
    const Measure measure = metric.measure(run);
    const bool number = std::holds_alternative<double>(measure);
    if (metric.unit == "s") CHECK(std::holds_alternative<Duration>(measure));
    if (metric.unit == "USD") CHECK((number || std::holds_alternative<Money>(measure)));
    if (metric.unit == "GB") CHECK(std::holds_alternative<Bytes>(measure));
    const bool ratio = metric.group == MetricGroup::load && number;
    if (metric.unit.empty()) CHECK((ratio || std::holds_alternative<uint64_t>(measure)));
  }
  for (const Metric* metric : metrics_in(MetricGroup::load))
    CHECK(std::isnan(metric->of(run::RunResult())));
  run.completed = false;
  CHECK(std::isnan(value_of("makespan_s", run)));
}

TEST_CASE("every operation, activity and item of cost has its metric", "[bench]") {
  for (size_t i = 0; i < accounting::kOperations; ++i) {
    run::RunResult run;
    run.usage.operations[i] = 3;
    CHECK(at_field("operations." + std::string(accounting::kOperationNames[i])).of(run) == 3);
  }
  for (size_t i = 0; i < accounting::kActivities; ++i) {
    run::RunResult run;
    run.usage.time[i] = Duration::seconds(3);
    CHECK(at_field("time_s." + std::string(accounting::kActivityNames[i])).of(run) == 3);
  }
  for (size_t i = 0; i < accounting::kCostItems; ++i) {
    run::RunResult run;
    run.cost.charge(static_cast<accounting::CostItem>(i), Money::from_usd(3));
    CHECK(at_field("cost_usd." + std::string(accounting::kCostItemNames[i])).of(run) == 3);
  }
}

TEST_CASE("docs/metrics.md is the table of metrics", "[bench][golden]") {
  CHECK(test::golden_difference("../docs/metrics.md", metrics_page()) == "");
  for (const Metric& metric : metrics()) {
    INFO(metric.name);
    CHECK(list_metrics().find("\n  " + std::string(metric.name) + " ") != std::string::npos);
    CHECK(metrics_json().find("\"name\": \"" + std::string(metric.name) + "\"") !=
          std::string::npos);
  }
}

}  // namespace
}  // namespace wukong::result

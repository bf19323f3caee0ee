// What the swarm draws: every option of every system and platform, from the visit that reads it.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bench/fuzz/case_generator.h"
#include "bench/fuzz/option_catalog.h"
#include "bench/fuzz/option_coverage.h"
#include "bench/fuzz/shrink.h"
#include "bench/fuzz_options/option_draw.h"
#include "sim/base/error.h"
#include "sim/base/time.h"
#include "test/catch.h"

namespace wukong::fuzz {
namespace {

using fuzz_options::draw_options;
using fuzz_options::options_of;

// As one that nobody has thought of yet would be declared.
struct NewPart {
  int64_t lanes = 4;
  Duration pause = Duration::milliseconds(3);
  std::optional<int64_t> most;
  bool fast = false;

  void visit(FieldVisitor& v) {
    v.field("lanes", lanes, Bounds{2, 9});
    v.duration("pause_ms", pause, Bounds{0, 50});
    v.optional("most", most, [&](int64_t& value) { v.field("most", value, Bounds{1, 5}); });
    v.field("fast", fast);
  }
};

struct NewModel {
  NewPart own;
  std::map<std::string, NewPart> parts;

  void visit(FieldVisitor& v) {
    own.visit(v);
    v.table("parts", parts);
  }
};

TEST_CASE("a new option is drawn as soon as it is read, within its bounds and at them", "[fuzz]") {
  NewModel model;
  model.parts["x.y"];
  const std::vector<Option> options = options_of(model);
  RandomStream random(1, "test");
  std::map<std::string, std::vector<std::string>> drawn;
  for (int i = 0; i < 2000; ++i) {
    FuzzSettings settings;
    draw_options(options, {}, 2, random, settings);
    for (const auto& [key, value] : settings) drawn[key].push_back(value);
  }
  for (const std::string prefix : {"", "parts.\"x.y\"."}) {
    const auto has = [&](const std::string& key, const std::string& value) {
      const auto& values = drawn[prefix + key];
      return std::find(values.begin(), values.end(), value) != values.end();
    };
    CHECK(has("lanes", "2"));
    CHECK(has("lanes", "9"));
    CHECK(has("lanes", "3"));
    CHECK(has("pause_ms", "0"));
    CHECK(has("pause_ms", "50"));
    CHECK(has("most", "none"));
    CHECK(has("most", "1"));
    CHECK(has("fast", "true"));
    for (const std::string& value : drawn[prefix + "lanes"])
      CHECK((std::stod(value) >= 2 && std::stod(value) <= 9));
    for (const std::string& value : drawn[prefix + "pause_ms"])
      CHECK((std::stod(value) >= 0 && std::stod(value) <= 50));
  }
  CHECK(options.back().shape == "parts.*.fast");
}

TEST_CASE("over enough seeds every option of every system and platform is drawn, a few at a time",
          "[fuzz]") {
  const OptionCatalog options;
  std::set<std::string> seen;
  size_t most = 0;
  for (uint64_t index = 0; index < 12'000 && seen.size() < options.names().size(); ++index) {
    const FuzzCase made = random_case(options, 5, index);
    const CaseOptions set = options.options_in(made.to_text());
    for (const std::string& name : set.names) CHECK(options.names().contains(name));
    seen.insert(set.names.begin(), set.names.end());
    most = std::max(most, set.names.size());
  }
  std::vector<std::string> never;
  std::set_difference(options.names().begin(), options.names().end(), seen.begin(), seen.end(),
                      std::back_inserter(never));
  CHECK(never == std::vector<std::string>{});
  CHECK(most < 30);
}

TEST_CASE("most cases are begun: what is refused names its key, and is a modest share", "[fuzz]") {
  const OptionCatalog options;
  int refused = 0;
  for (uint64_t index = 0; index < 400; ++index) {
    const std::string text = random_case(options, 6, index).to_text();
    try {
      refused += prepare_case(text, options.catalog()).dag ? 0 : 1;
    } catch (const Error& error) {
      INFO(text);
      CHECK(!error.place().key.empty());
      ++refused;
    }
  }
  CHECK(refused < 80);
}

TEST_CASE("coverage counts options that were tried, and the kinds of faults beside each",
          "[fuzz]") {
  OptionCoverage coverage({"platform.a", "wukong.b", "wukong.c", "dask.d"});
  const auto report = [](std::vector<std::string> set, std::vector<faults::FaultKind> struck) {
    FuzzReport one;
    one.runs = 1;
    one.policy = "wukong";
    one.options = std::move(set);
    for (const faults::FaultKind kind : struck) ++one.faults[static_cast<size_t>(kind)];
    std::string line = one.to_line();
    line.pop_back();  // its end
    return read_report(line).value();
  };
  coverage.add(report({"platform.a", "wukong.b"}, {faults::FaultKind::hang}));
  coverage.add(report({"wukong.b"}, {faults::FaultKind::hang, faults::FaultKind::crash_before}));
  FuzzReport refused = report({"wukong.c"}, {});
  refused.rejected = 1;
  coverage.add(refused);
  CHECK(coverage.never_set() == std::vector<std::string>{"dask.d", "wukong.c"});
  CHECK(coverage.pairs().met == 3);
  CHECK(coverage.pairs().possible == 6);  // two kinds, and no run of Dask
}

TEST_CASE("shrinking drops the options that a failure does not need, one by one", "[fuzz]") {
  const OptionCatalog options;
  FuzzCase large;
  large.platform = "aws-2020";
  large.system = "wukong";
  large.tasks.resize(2);
  large.platform_settings = {{"s3.latency_sigma", "0"},
                             {"functions.scaling.burst", "1"},
                             {"machines.\"c5.18xlarge\".memory_gib", "1"}};
  large.system_settings = {{"store", "s3"}, {"proxy_threshold", "1"}};
  const FuzzTrial trial = [&](const FuzzCase& candidate) -> std::vector<std::string> {
    const std::vector<std::string> set = options.options_in(candidate.to_text()).names;
    for (const char* needed : {"platform.machines.*.memory_gib", "wukong.proxy_threshold"})
      if (std::find(set.begin(), set.end(), needed) == set.end()) return {};
    return {"it fails"};
  };
  const Shrunk shrunk = shrink(large, {}, trial);
  CHECK(shrunk.smallest.platform_settings ==
        FuzzSettings{{"machines.\"c5.18xlarge\".memory_gib", "1"}});
  CHECK(shrunk.smallest.system_settings == FuzzSettings{{"proxy_threshold", "1"}});
}

TEST_CASE("a case's text replays its run to the last event, whatever options it sets", "[fuzz]") {
  const OptionCatalog options;
  int compared = 0;
  for (uint64_t index = 0; index < 60; ++index) {
    const std::string text = random_case(options, 9, index).to_text();
    const auto hash = [&]() -> uint64_t {
      try {
        const PreparedCase prepared = prepare_case(text, options.catalog());
        if (!prepared.dag || prepared.emulated) return 0;
        return run_case(prepared, prepared.experiment.faults).trace_hash;
      } catch (const Error&) {
        return 0;
      }
    };
    const uint64_t first = hash();
    CHECK(first == hash());
    compared += first != 0 ? 1 : 0;
  }
  CHECK(compared > 30);
}

TEST_CASE("times that repeat have a lower bound, so that no run is without an end", "[fuzz]") {
  const OptionCatalog options;
  const auto refused = [&](const std::string& platform, const std::string& system) {
    const FuzzReport report =
        report_case(0,
                    "{platform: " + platform + ", workload: {sketch: {edges: \"a\"}}, systems: [" +
                        system + "]}",
                    options);
    return report.rejected == 1 && report.violations.empty();
  };
  CHECK(refused("{preset: aws-2020, functions: {async_events: {backoff_most_s: 1e-9}}}", "wukong"));
  CHECK(refused("aws-2020", "{numpywren: {driver_poll_s: 1e-9}}"));
  CHECK(refused("aws-2020", "{pywren: {poll_s: 1e-9}}"));
  CHECK(refused("aws-2020", "{dask-125: {memory: {monitor_interval_ms: 1e-9}}}"));
  CHECK(refused("{preset: aws-2020, redis: {max_clients: 1}}", "{numpywren: {store: redis-1}}"));
  CHECK_FALSE(refused("aws-2020", "{numpywren: {store: redis-1}}"));
}

TEST_CASE("limits that a system's own options set are no broken promise", "[fuzz]") {
  const auto violations = [](const std::string& system, const std::string& platform = "aws-2020") {
    return report_case(0,
                       "{platform: " + platform +
                           ", workload: {sketch: {edges: \"a\", bytes: [1000], seconds: [0.1]}}, "
                           "systems: [" +
                           system + "], horizon_s: 100}")
        .violations;
  };
  const std::vector<std::string> none;
  CHECK(violations("{wukong: {invoker_function_threshold: 0, invoker_function_time_limit_s: "
                   "1e-12}}") == none);
  CHECK(violations("{pywren: {call: {longest_run_s: 2}}}") == none);
  CHECK(violations("{numpywren: {zero_scan_gb_per_s: 0.001}}") == none);
  CHECK(violations("strawman",
                   "{preset: aws-2020, machines: {\"c5.18xlarge\": {memory_gib: 1e-12}}}") == none);
}

TEST_CASE("an emulated case keeps to the wall's clock, and says how late it was", "[fuzz]") {
  const FuzzReport report =
      report_case(0,
                  "{platform: aws-2020, workload: {sketch: {edges: \"a -> b\", seconds: [1]}}, "
                  "systems: [wukong], emulation: {speed: 50, workers: 2}}");
  CHECK(report.violations.empty());
  CHECK(report.completed == 1);
}

}  // namespace
}  // namespace wukong::fuzz

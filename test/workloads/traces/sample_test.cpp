#include "workloads/traces/sample.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "sim/base/error.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/workloads/trace_files/trace_text.h"

namespace wukong::traces {
namespace {

using test::all_of;
using test::story_of;

// Applications a0 to a(n-1) of two functions each, of which the first is invoked i + 1 times a
// second for a minute, and the second once; a0's are never.
class Staircase final : public Trace {
 public:
  explicit Staircase(size_t apps) {
    for (size_t i = 0; i < apps; ++i) {
      const AppId app = table_.add_app("a" + std::to_string(i));
      const auto rate = static_cast<double>(i) * 1440 * 60;
      table_.add_function({.name = "f", .app = app, .invocations_per_day = rate});
      table_.add_function({.name = "g", .app = app, .invocations_per_day = rate > 0 ? 1440.0 : 0});
    }
  }
  const FunctionTable& functions() const override { return table_; }
  std::unique_ptr<InvocationSource> invocations(const Wanted& wanted) const override {
    struct Source final : InvocationSource {
      bool next(Invocation& invocation) override {
        if (given == all.size()) return false;
        invocation = all[given++];
        return true;
      }
      std::vector<Invocation> all;
      size_t given = 0;
    };
    auto source = std::make_unique<Source>();
    for (size_t i = 1; i < table_.app_count(); ++i) {
      for (size_t k = 0; k < i * 60; ++k)
        add(source->all, wanted, 2 * i,
            Duration::seconds(60) * static_cast<int64_t>(k) / static_cast<int64_t>(i * 60));
      add(source->all, wanted, 2 * i + 1, Duration::seconds(30));
    }
    std::sort(source->all.begin(), source->all.end(), [](const auto& a, const auto& b) {
      return a.arrival != b.arrival ? a.arrival < b.arrival : a.function < b.function;
    });
    return source;
  }
  std::vector<std::string> oddities() const override { return {"stairs"}; }

 private:
  static void add(std::vector<Invocation>& all, const Wanted& wanted, size_t function,
                  Duration at) {
    const Invocation invocation{Time::at(at), TraceFunctionId(function), Duration::seconds(1),
                                Bytes()};
    if (wanted.wants(invocation.function) && wanted.wants(invocation.arrival))
      all.push_back(invocation);
  }

  FunctionTable table_;
};

std::unique_ptr<Trace> staircase_sample(size_t apps, const SampleOptions& options,
                                        uint64_t seed = 1) {
  return sampled(std::make_unique<Staircase>(apps), options, seed, "trace");
}

}  // namespace

TEST_CASE("a sample of applications has one of each stratum of popularity, with all functions",
          "[traces]") {
  std::set<std::string> chosen;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const auto sample = staircase_sample(41, {.apps = 8}, seed);
    const FunctionTable& table = sample->functions();
    REQUIRE(table.app_count() == 8);
    REQUIRE(table.function_count() == 16);
    for (size_t i = 0; i < 8; ++i) {
      chosen.insert(table.app(AppId(i)).name);
      const int number = std::stoi(table.app(AppId(i)).name.substr(1));
      CHECK((number - 1) / 5 == static_cast<int>(i));
    }
  }
  CHECK(chosen.size() == 40);  // each by some seed
}

TEST_CASE("a sample's invocations are the trace's, of the functions that it has", "[traces]") {
  const auto sample = staircase_sample(6, {.apps = 2});
  std::map<std::string, size_t> counts;
  for (const Invocation& invocation : all_of(*sample)) {
    const TraceFunction& function = sample->functions().function(invocation.function);
    ++counts[sample->functions().app(function.app).name + function.name];
  }
  REQUIRE(counts.size() == 4);
  for (const auto& [name, count] : counts)
    CHECK(count == (name.ends_with("g") ? 1 : 60 * std::stoul(name.substr(1, 1))));
  CHECK(sample->oddities() == std::vector<std::string>{"stairs"});
}

TEST_CASE("a window of time starts at time zero", "[traces]") {
  const double second = 1.0 / 3600;
  const auto sample = staircase_sample(2, {.start_hours = 29.5 * second, .hours = 2 * second});
  CHECK(story_of(*sample) == "0.5 f 1; 0.5 g 1; 1.5 f 1");
  CHECK(story_of(*sample, {.begin = Time::at(Duration::seconds(1))}) == "1.5 f 1");
  CHECK(story_of(*sample, {.functions = {0, 1, 0, 1}}) == "0.5 g 1");
}

TEST_CASE("a lower rate keeps that part of the invocations, the same in each pass", "[traces]") {
  const auto sample = staircase_sample(80, {.rate = 0.25});
  const auto kept = all_of(*sample);
  const auto all = all_of(Staircase(80));
  CHECK(kept.size() == Approx(0.25 * static_cast<double>(all.size())).epsilon(0.02));
  CHECK(test::in_order(kept));
  CHECK(test::same_invocations(kept, all_of(*sample)));
  CHECK(sample->functions().functions()[4].invocations_per_day == 0.25 * 2 * 86'400);
}

TEST_CASE("a higher rate copies invocations, late by up to the spread, within the window",
          "[traces]") {
  const auto all = all_of(Staircase(60));
  const auto more = all_of(*staircase_sample(60, {.rate = 2.5}));
  CHECK(more.size() == Approx(2.5 * static_cast<double>(all.size())).epsilon(0.02));
  CHECK(test::in_order(more));
  CHECK(more.back().arrival > Time::at(Duration::seconds(110)));
  CHECK(more.back().arrival < Time::at(Duration::seconds(120)));
  const auto within = all_of(
      *staircase_sample(60, {.hours = 1.0 / 60, .rate = 2.5, .copy_spread = Duration::seconds(1)}));
  CHECK(within.back().arrival < Time::at(Duration::seconds(60)));
  // All but what the last second's copies lose.
  CHECK(static_cast<double>(within.size()) > 2.4 * static_cast<double>(all.size()));
  const auto twice = all_of(*staircase_sample(3, {.rate = 2, .copy_spread = Duration::seconds(1)}));
  std::map<uint32_t, size_t> counts;
  for (const Invocation& invocation : twice) ++counts[invocation.function.value()];
  CHECK(counts == std::map<uint32_t, size_t>{{2, 120}, {3, 2}, {4, 240}, {5, 2}});
}

TEST_CASE("more applications than are invoked are an error that says how many are", "[traces]") {
  CHECK(test::error_text([] { staircase_sample(6, {.apps = 6}); }) ==
        "trace.apps: expected at most as many as are invoked, 5, found 6");
  CHECK(all_of(*staircase_sample(6, {.apps = 5})).size() == all_of(Staircase(6)).size());
}

}  // namespace wukong::traces

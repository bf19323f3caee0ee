#include "workloads/trace_generator/poisson_trace.h"

#include <algorithm>
#include <utility>

#include "sim/base/error.h"
#include "sim/base/hash.h"
#include "sim/base/random.h"

namespace wukong::trace_generator {
namespace {

constexpr Bounds kPoissonFunctions{1, 1e6, "each takes memory of its own"};
constexpr Bounds kPoissonRate{1e-9, 1e6};
constexpr Bounds kPoissonMean{0, 1e6};
constexpr Bounds kPoissonMemory{1, 1e6};
constexpr Bounds kPoissonHours{1e-6, 1e5};
constexpr Bounds kPoissonSeed{0, 9e15};
constexpr double kSecondsOfDay = 86'400;

// The processes of all functions together are one, of all of their rates; each of its invocations
// is of any function.
class PoissonPass final : public traces::InvocationSource {
 public:
  PoissonPass(const PoissonOptions& options, uint64_t seed, const traces::Wanted& wanted)
      : options_(options),
        wanted_(wanted),
        end_(std::min(wanted.end, Time::at(Duration::from_seconds(options.hours * 3600)))),
        mean_gap_s_(1 / (options.per_s * static_cast<double>(options.functions))),
        gaps_(seed, "trace_generator.poisson_gaps"),
        choices_(seed, "trace_generator.poisson_functions"),
        durations_(seed, "trace_generator.poisson_durations") {}

  bool next(traces::Invocation& invocation) override {
    do {
      // A gap of the rarest can be longer than any trace.
      const double left_s = (end_ - at_).to_seconds();
      const double gap_s = gaps_.exponential(mean_gap_s_);
      at_ = gap_s > left_s ? end_ : at_ + Duration::from_seconds(gap_s);
      if (at_ >= end_) return false;
      invocation = {at_, choose(), duration(), Bytes()};
    } while (!wanted_.wants(at_) || !wanted_.wants(invocation.function));
    return true;
  }

 private:
  traces::TraceFunctionId choose() {
    if (options_.functions == 1) return traces::TraceFunctionId(0);
    return traces::TraceFunctionId(choices_.below(static_cast<uint64_t>(options_.functions)));
  }
  Duration duration() {
    if (options_.durations == PoissonDurations::constant) return options_.mean;
    return Duration::from_seconds(durations_.exponential(options_.mean.to_seconds()));
  }

  const PoissonOptions& options_;
  traces::Wanted wanted_;
  Time end_;
  double mean_gap_s_;
  RandomStream gaps_;
  RandomStream choices_;
  RandomStream durations_;
  Time at_;
};

class PoissonTrace final : public traces::Trace {
 public:
  PoissonTrace(const PoissonOptions& options, uint64_t seed) : options_(options), seed_(seed) {
    for (int64_t i = 1; i <= options_.functions; ++i) {
      const traces::AppId app = table_.add_app("app" + std::to_string(i));
      table_.add_function({.name = "f1",
                           .app = app,
                           .memory = Bytes::mebi(options_.memory_mb),
                           .mean_duration = options_.mean,
                           .invocations_per_day = options_.per_s * kSecondsOfDay});
    }
  }

  const traces::FunctionTable& functions() const override { return table_; }
  std::unique_ptr<traces::InvocationSource> invocations(
      const traces::Wanted& wanted) const override {
    return std::make_unique<PoissonPass>(options_, seed_, wanted);
  }

 private:
  PoissonOptions options_;
  uint64_t seed_;
  traces::FunctionTable table_;
};

void check_given(double value, const std::string& key, const std::string& name) {
  if (value <= 0) throw Error(ErrorPlace{"", 0, key + "." + name}, "a value above 0", "none");
}

}  // namespace

void PoissonOptions::visit(FieldVisitor& v) {
  v.about("Functions, each an application of its own")
      .field("functions", functions, kPoissonFunctions);
  v.about("Invocations of each function").field("per_s", per_s, kPoissonRate);
  v.about("The mean duration").duration("mean_s", mean, kPoissonMean);
  v.about("How durations are distributed").choice("durations", durations, kPoissonDurationNames);
  v.about("Memory of each function").field("memory_mb", memory_mb, kPoissonMemory);
  v.about("How long the trace is").field("hours", hours, kPoissonHours);
  v.about("Another seed, another trace").field("seed", seed, kPoissonSeed);
}

std::unique_ptr<traces::Trace> make_poisson_trace(const PoissonOptions& options, uint64_t seed,
                                                  const std::string& key) {
  check_given(options.per_s, key, "per_s");
  check_given(options.mean.to_seconds(), key, "mean_s");
  check_given(options.hours, key, "hours");
  const uint64_t both = mix64(seed) ^ static_cast<uint64_t>(options.seed);
  return std::make_unique<PoissonTrace>(options, both);
}

}  // namespace wukong::trace_generator

#include "workloads/traces/sample.h"

#include <vector>

#include "sim/base/error.h"
#include "workloads/traces/app_strata.h"
#include "workloads/traces/rate_scaling.h"

namespace wukong::traces {
namespace {

constexpr Bounds kTraceApps{1, 1e6};
constexpr Bounds kTraceHours{0, 1e5};
constexpr Bounds kWindowHours{1e-6, 1e5};
constexpr Bounds kTraceRate{1e-9, 1e3, "each copy of an invocation is one more to run"};

Duration from_hours(double hours) { return Duration::from_seconds(hours * 3600); }

// The invocations of another pass with the sample's numbers and times.
class SampledSource final : public InvocationSource {
 public:
  SampledSource(std::unique_ptr<InvocationSource> source,
                const std::vector<TraceFunctionId>& numbers, Duration start, const Wanted& wanted)
      : source_(std::move(source)), numbers_(numbers), start_(start), wanted_(wanted) {}

  bool next(Invocation& invocation) override {
    while (source_->next(invocation)) {
      invocation.function = numbers_[invocation.function.index()];
      invocation.arrival = Time::at(invocation.arrival.since_start() - start_);
      if (invocation.arrival >= wanted_.end) return false;
      if (wanted_.wants(invocation.arrival) && wanted_.wants(invocation.function)) return true;
    }
    return false;
  }

 private:
  std::unique_ptr<InvocationSource> source_;
  const std::vector<TraceFunctionId>& numbers_;
  Duration start_;
  Wanted wanted_;
};

class SampledTrace final : public Trace {
 public:
  SampledTrace(std::unique_ptr<Trace> trace, const SampleOptions& options, uint64_t seed,
               const std::string& key)
      : trace_(std::move(trace)), options_(options), seed_(seed) {
    const FunctionTable& all = trace_->functions();
    if (options.apps)
      kept_ = functions_of_sampled_apps(all, *options.apps, seed, key + ".apps");
    else
      kept_.assign(all.function_count(), 1);
    std::vector<AppId> apps(all.app_count());
    numbers_.resize(all.function_count());
    for (size_t i = 0; i < kept_.size(); ++i) {
      if (kept_[i] == 0) continue;
      TraceFunction function = all.functions()[i];
      AppId& app = apps[function.app.index()];
      if (!app.valid()) app = table_.add_app(all.app(function.app).name);
      function.app = app;
      function.invocations_per_day *= options.rate;
      numbers_[i] = table_.add_function(std::move(function));
    }
  }

  const FunctionTable& functions() const override { return table_; }
  std::unique_ptr<InvocationSource> invocations(const Wanted& wanted) const override {
    // All of the sample, whatever is wanted of it: so what is drawn is the same in every pass.
    Wanted window;
    window.functions = kept_;
    const Duration start = from_hours(options_.start_hours);
    window.begin = Time::at(start);
    if (options_.hours) window.end = window.begin + from_hours(*options_.hours);
    std::unique_ptr<InvocationSource> source = trace_->invocations(window);
    if (options_.rate != 1)
      source = std::make_unique<RateScaledSource>(
          std::move(source), RateScaling{options_.rate, options_.copy_spread, window.end}, seed_);
    return std::make_unique<SampledSource>(std::move(source), numbers_, start, wanted);
  }
  std::vector<std::string> oddities() const override { return trace_->oddities(); }

 private:
  std::unique_ptr<Trace> trace_;
  SampleOptions options_;
  uint64_t seed_;
  std::vector<char> kept_;                // by the trace's numbers
  std::vector<TraceFunctionId> numbers_;  // the sample's, by the trace's
  FunctionTable table_;
};

}  // namespace

void SampleOptions::visit(FieldVisitor& v) {
  v.optional("apps", apps, [&](int64_t& value) {
    v.about("Applications, one of each stratum of popularity; all if left out")
        .field("apps", value, kTraceApps);
  });
  v.about("Where the window of time starts, which becomes time zero")
      .field("start_hours", start_hours, kTraceHours);
  v.optional("hours", hours, [&](double& value) {
    v.about("How long the window is; to the trace's end if left out")
        .field("hours", value, kWindowHours);
  });
  v.about("Invocations by those of the trace: below 1 some are left out, above 1 some are copied")
      .field("rate", rate, kTraceRate);
  v.about("The longest delay of a copy").duration("copy_spread_s", copy_spread, {1e-3, 86'400});
}

std::unique_ptr<Trace> sampled(std::unique_ptr<Trace> trace, const SampleOptions& options,
                               uint64_t seed, const std::string& key) {
  const bool is_all = !options.apps && options.start_hours == 0 && !options.hours;
  if (is_all && options.rate == 1) return trace;
  return std::make_unique<SampledTrace>(std::move(trace), options, seed, key);
}

}  // namespace wukong::traces

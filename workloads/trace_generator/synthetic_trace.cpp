#include "workloads/trace_generator/synthetic_trace.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/hash.h"
#include "sim/base/portable_math.h"
#include "sim/base/random.h"
#include "workloads/trace_generator/day_warp.h"
#include "workloads/trace_generator/drawn_apps.h"
#include "workloads/trace_generator/renewal_gaps.h"

namespace wukong::trace_generator {
namespace {

using traces::Invocation;
using traces::TraceFunctionId;

constexpr double kDaySeconds = 86'400;

// What all passes share.
struct SyntheticLoad {
  DrawnApps drawn;
  DayWarp warp;
  Time end;
  uint64_t seed;
  double periodic_variation;
  double duration_sigma;
  Bytes payload;
  std::vector<double> cumulative_weights;  // by function, within its application
  std::vector<double> median_ns;           // of each function's durations
};

// An application while it is invoked.
class AppProcess {
 public:
  AppProcess(const SyntheticLoad& load, uint32_t number)
      : random_(load.seed, "trace_generator.app", number),
        app_(&load.drawn.apps[number]),
        gaps_(kDaySeconds / app_->per_day,
              app_->variation <= load.periodic_variation ? 0 : app_->variation),
        even_(gaps_.first(random_)) {}

  Time next(const SyntheticLoad& load) const {
    return app_->mix == TriggerMix::only_timers ? Time::at(even_) : load.warp.warped(even_);
  }
  void advance(const SyntheticLoad& load) {
    // A gap of the rarest can be longer than any trace.
    const Duration longest = load.end.since_start() + Duration::seconds(2 * 86'400);
    even_ = std::min(even_, longest) + std::min(gaps_.next(random_), longest);
  }
  Invocation invocation(const SyntheticLoad& load, Time at) {
    const TraceFunctionId function(app_->first_function.index() + choose(load));
    const double ns = random_.lognormal(load.median_ns[function.index()], load.duration_sigma);
    return {at, function, Duration::nanoseconds(rounded(ns, kLongestTime)), load.payload};
  }

 private:
  size_t choose(const SyntheticLoad& load) {
    const size_t count = app_->functions;
    if (count == 1) return 0;
    if (app_->mix == TriggerMix::only_timers) return turn_++ % count;
    const auto begin = load.cumulative_weights.begin() + app_->first_function.value();
    const auto end = begin + static_cast<long>(count) - 1;  // all that is left is the last one's
    return static_cast<size_t>(std::upper_bound(begin, end, random_.uniform()) - begin);
  }

  RandomStream random_;
  const DrawnApp* app_;
  RenewalGaps gaps_;
  Duration even_;
  size_t turn_ = 0;
};

// When each application is invoked next, the earliest first: a heap that is seldom more than
// touched at its top, as a few applications have most invocations.
class NextInvocations {
 public:
  struct Due {
    Time at;
    uint32_t process;
    bool before(const Due& other) const {
      return at != other.at ? at < other.at : process < other.process;
    }
  };

  void add(const Due& due) { heap_.push_back(due); }
  void order() {
    for (size_t i = heap_.size() / 2; i-- > 0;) sink(i);
  }
  bool empty() const { return heap_.empty(); }
  const Due& top() const { return heap_.front(); }
  void replace_top(Time at) {
    heap_.front().at = at;
    sink(0);
  }
  void remove_top() {
    heap_.front() = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sink(0);
  }

 private:
  void sink(size_t place) {
    const Due due = heap_[place];
    while (2 * place + 1 < heap_.size()) {
      size_t child = 2 * place + 1;
      if (child + 1 < heap_.size() && heap_[child + 1].before(heap_[child])) ++child;
      if (!heap_[child].before(due)) break;
      heap_[place] = heap_[child];
      place = child;
    }
    heap_[place] = due;
  }

  std::vector<Due> heap_;
};

class SyntheticPass final : public traces::InvocationSource {
 public:
  SyntheticPass(const SyntheticLoad& load, const traces::Wanted& wanted)
      : load_(load), wanted_(wanted), end_(std::min(load.end, wanted.end)) {
    for (uint32_t app = 0; app < load_.drawn.apps.size(); ++app) {
      if (!wants_any_of(load_.drawn.apps[app])) continue;
      const AppProcess process(load_, app);
      const Time first = process.next(load_);
      if (first >= end_) continue;
      next_.add({first, static_cast<uint32_t>(processes_.size())});
      processes_.push_back(process);
    }
    next_.order();
  }

  bool next(Invocation& invocation) override {
    while (!next_.empty()) {
      const auto [at, number] = next_.top();
      AppProcess& process = processes_[number];
      invocation = process.invocation(load_, at);
      process.advance(load_);
      const Time later = process.next(load_);
      if (later < end_) {
        next_.replace_top(later);
      } else {
        next_.remove_top();
      }
      if (wanted_.wants(at) && wanted_.wants(invocation.function)) return true;
    }
    return false;
  }

 private:
  bool wants_any_of(const DrawnApp& app) const {
    for (size_t i = 0; i < app.functions; ++i)
      if (wanted_.wants(TraceFunctionId(app.first_function.index() + i))) return true;
    return false;
  }

  const SyntheticLoad& load_;
  traces::Wanted wanted_;
  Time end_;
  std::vector<AppProcess> processes_;
  NextInvocations next_;
};

SyntheticLoad make_load(const GeneratorOptions& options, uint64_t seed, const std::string& key) {
  ENSURE(options.hours > 0, options.hours);
  SyntheticLoad load{.drawn = draw_apps(options, seed, key),
                     .warp = DayWarp(options.hourly, key + ".hourly"),
                     .end = Time::at(Duration::from_seconds(options.hours * 3600)),
                     .seed = seed,
                     .periodic_variation = options.periodic_variation,
                     .duration_sigma = options.duration_sigma,
                     .payload = options.payload,
                     .cumulative_weights = {},
                     .median_ns = {}};
  const double sigma = options.duration_sigma;
  for (const traces::TraceFunction& function : load.drawn.table.functions())
    load.median_ns.push_back(static_cast<double>(function.mean_duration.count_ns()) *
                             portable_exp(-sigma * sigma / 2));
  load.cumulative_weights = load.drawn.weights;
  for (const DrawnApp& app : load.drawn.apps)
    for (size_t i = 1; i < app.functions; ++i)
      load.cumulative_weights[app.first_function.index() + i] +=
          load.cumulative_weights[app.first_function.index() + i - 1];
  return load;
}

class SyntheticTrace final : public traces::Trace {
 public:
  explicit SyntheticTrace(SyntheticLoad load) : load_(std::move(load)) {}

  const traces::FunctionTable& functions() const override { return load_.drawn.table; }
  std::unique_ptr<traces::InvocationSource> invocations(
      const traces::Wanted& wanted) const override {
    return std::make_unique<SyntheticPass>(load_, wanted);
  }

 private:
  SyntheticLoad load_;
};

}  // namespace

std::unique_ptr<traces::Trace> make_synthetic_trace(const GeneratorOptions& options, uint64_t seed,
                                                    const std::string& key) {
  const uint64_t both = mix64(seed) ^ static_cast<uint64_t>(options.seed);
  return std::make_unique<SyntheticTrace>(make_load(options, both, key));
}

}  // namespace wukong::trace_generator

#include "bench/fuzz/swarm.h"

#include <poll.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "bench/run/run_result.h"

namespace wukong::fuzz {
namespace {

constexpr int kLookEvery_ms = 200;

class Swarm {
 public:
  Swarm(const FuzzWork& work, const SwarmOptions& options) : options_(options) {
    unsigned count = options.workers == 0 ? std::thread::hardware_concurrency() : options.workers;
    count = std::max(1u, count);
    result_.coverage = OptionCoverage(options.options);
    for (unsigned i = 0; i < count; ++i)
      workers_.push_back(
          std::make_unique<IsolatedWorker>(work, WorkRange{options.first + i, count, options.end}));
  }

  SwarmResult run(const SwarmProgress& progress) {
    while (!over()) {
      wait();
      for (const auto& worker : workers_) look_at(*worker);
      progress(result_, seconds());
    }
    return result_;
  }

 private:
  using Clock = std::chrono::steady_clock;
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

  // What is below a failure is run to its end, whatever the time.
  bool over() const {
    const auto is_done = [this](const auto& worker) {
      return worker->ended() || (result_.failure && worker->current() > result_.failure->index);
    };
    if (std::all_of(workers_.begin(), workers_.end(), is_done)) return true;
    return !result_.failure && options_.seconds && seconds() >= *options_.seconds;
  }

  void wait() {
    std::vector<pollfd> waits;
    for (const auto& worker : workers_)
      if (!worker->ended()) waits.push_back({worker->descriptor(), POLLIN, 0});
    ::poll(waits.data(), waits.size(), kLookEvery_ms);
  }

  void look_at(IsolatedWorker& worker) {
    if (worker.ended()) return;
    for (const FuzzReport& report : worker.read()) take(report);
    if (!worker.ended() && worker.seconds_on_current() > options_.patience_s)
      take(worker.give_up());
  }

  void take(const FuzzReport& report) {
    result_.total.add(report);
    result_.coverage.add(report);
    if (report.violations.empty()) return;
    if (!result_.failure || report.index < result_.failure->index) result_.failure = report;
  }

  SwarmOptions options_;
  std::vector<std::unique_ptr<IsolatedWorker>> workers_;
  Clock::time_point start_ = Clock::now();
  SwarmResult result_;
};

}  // namespace

SwarmResult run_swarm(const FuzzWork& work, const SwarmOptions& options,
                      const SwarmProgress& progress) {
  return Swarm(work, options).run(progress);
}

FuzzReport run_apart(const FuzzWork& work, double patience_s) {
  const SwarmOptions options{.first = 0, .end = 1, .workers = 1, .patience_s = patience_s};
  const SwarmResult result = run_swarm(work, options, [](const SwarmResult&, double) {});
  return result.failure ? *result.failure : result.total;
}

}  // namespace wukong::fuzz

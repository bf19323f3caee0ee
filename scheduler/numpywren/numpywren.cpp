// numpywren's driver.
#include "scheduler/numpywren/numpywren.h"

#include <algorithm>
#include <cmath>

#include "scheduler/numpywren/worker.h"
#include "scheduler/policy/initial_objects.h"
#include "sim/base/check.h"
#include "sim/base/random.h"
#include "sim/engine/span.h"
#include "sim/engine/wake_sink.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/machine.h"
#include "sim/platform/platform_spec.h"

namespace wukong::numpywren {

using engine::Span;
using engine::SpanKind;
using engine::Task;

namespace {

int64_t count_of(WorkerPer what, const dag::Dag& dag) {
  ENSURE(what != WorkerPer::none);
  return static_cast<int64_t>(what == WorkerPer::result ? dag.sinks().size() : dag.leaves().size());
}

int64_t most_workers(const NumpywrenOptions& options, const dag::Dag& dag) {
  if (options.worker_per == WorkerPer::none) return options.workers;
  return std::min(options.workers, count_of(options.worker_per, dag));
}

int64_t first_workers(const NumpywrenOptions& options, const dag::Dag& dag) {
  const int64_t given = options.start_workers.value_or(most_workers(options, dag));
  if (options.start_per == WorkerPer::none) return given;
  return std::max(given, count_of(options.start_per, dag));
}

}  // namespace

Numpywren::Numpywren(platform::Platform& platform, const dag::Dag& dag,
                     const NumpywrenOptions& options)
    : platform_(platform),
      engine_(platform.engine()),
      dag_(dag),
      options_(options),
      client_(platform.rent(options.client_machine)),
      control_machine_(platform.rent(options.control_machine)),
      store_(platform.add_store(options.store)),
      pywren_store_(platform.add_store(storage::StoreSpec{.kind = storage::StoreKind::s3})),
      metadata_(platform.add_metadata_store(control_machine_.host)),
      queue_(platform.add_queue()),
      worker_function_(platform.lambda().add_function(platform.spec().functions.executor())),
      pywren_(platform, client_.host, pywren_store_, dag.object_count(), options.pywren),
      control_(platform, dag, options, metadata_, queue_),
      workers_most_(most_workers(options, dag)),
      workers_at_first_(first_workers(options, dag)) {
  platform.name_host(client_.host, "driver");
  scheduler::preload_initial_objects(store_, dag);
}

Task<scheduler::Failure> Numpywren::run() {
  {
    const Span span(engine_, {SpanKind::work, "compile", client_.host.id.value()});
    co_await engine_.sleep(options_.compile_time, "the compilation of its program");
  }
  engine::TaskGroup launches(engine_);
  co_await start(launches);
  while (true) {
    {
      const Span span(engine_, {SpanKind::wait, "next poll", client_.host.id.value()});
      co_await engine_.sleep(options_.driver_poll, "the driver's next poll");
      co_await engine_.sleep(options_.driver_look_time, "the driver's look at its queues");
    }
    co_await control_.request(client_.host);
    if (control_.failure()) co_return control_.failure();
    if (control_.succeeded()) {
      engine_.tell_fact(engine::FactUse::found, &control_);
      read_clock();
      break;
    }
    if (launches.running() == 0) launches.spawn(launch_by_policy(), "launch of workers");
  }
  co_return std::nullopt;  // workers that are still being launched would find the program ended
}

// All starters are in the queue before the first worker is launched.
Task<> Numpywren::start(engine::TaskGroup& launches) {
  clock_started_ = engine_.now();
  co_await control_.request(client_.host);  // status: running
  co_await control_.enqueue_starters(client_.host);
  launches.spawn(launch(workers_at_first_), "launch of workers");
  if (options_.clock == DriverClock::before_enqueueing) co_return;
  co_await launches.join();
  clock_started_ = engine_.now();
}

// The script notes the second, without its fraction, in which it finds that the program has ended.
// At which part of a second the run began is anybody's guess.
void Numpywren::read_clock() {
  constexpr int64_t kSecond = 1'000'000'000;
  RandomStream phases = platform_.random("numpywren clock");
  const auto phase = Duration::from_seconds(phases.uniform());
  const Duration end = engine_.now().since_start() + phase;
  const Duration noted = end - Duration::nanoseconds(end.count_ns() % kSecond);
  reported_ = std::max(Duration::zero(), noted - phase - clock_started_.since_start());
}

Task<> Numpywren::launch(int64_t count) {
  last_launch_ = engine_.now();
  const bool uploaded = co_await pywren_.upload();
  if (!uploaded) {
    control_.fail("the driver could not upload the workers' function");
    co_return;
  }
  engine::TaskGroup calls(engine_);
  for (int64_t i = 0; i < count; ++i) calls.spawn(launch_one(), "PyWren call");
  co_await calls.join();
}

Task<> Numpywren::launch_one() {
  pywren::PyWrenCalls::Body body = [this](functions::Environment& environment) {
    return work(environment);
  };
  co_await pywren_.call(worker_function_, std::move(body));
}

Task<bool> Numpywren::work(functions::Environment& environment) {
  ++workers_up_;
  NumpywrenWorker worker(platform_, dag_, options_, store_, queue_, control_, environment.host);
  const bool succeeded = co_await worker.run();
  --workers_up_;
  co_await control_.round_trips(environment.host, 1);  // decr_up
  co_return succeeded;
}

Task<> Numpywren::launch_by_policy() {
  const Duration since = engine_.now() - last_launch_;
  if (options_.scaling == ScalingPolicy::constant_timeout) {
    if (since >= scaled(options_.worker_timeout, options_.relaunch_fraction))
      co_await launch(workers_most_);
    co_return;
  }
  const auto pending = static_cast<double>(co_await queue_.visible(client_.host));
  const auto per_worker = static_cast<double>(options_.pipeline_width);
  int64_t wanted = 0;
  if (options_.scaling == ScalingPolicy::dynamic) {
    const auto half = static_cast<int64_t>(std::ceil(0.5 * pending / per_worker));
    if (since < options_.launch_interval || workers_up_ >= half) co_return;
    wanted = static_cast<int64_t>(std::ceil(pending / per_worker));
  } else {
    wanted = static_cast<int64_t>(std::ceil(options_.scale_factor * pending / per_worker));
  }
  const int64_t missing = std::min(wanted, workers_most_) - workers_up_;
  if (missing > 0) co_await launch(missing);
}

std::unique_ptr<scheduler::System> make_numpywren(platform::Platform& platform, const dag::Dag& dag,
                                                  const scheduler::Options& options) {
  return std::make_unique<Numpywren>(platform, dag, dynamic_cast<const NumpywrenOptions&>(options));
}

}  // namespace wukong::numpywren

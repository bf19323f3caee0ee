#include "bench/simulation/simulation.h"

#include <utility>

#include "bench/invariants/expectations.h"
#include "bench/invariants/invariants.h"
#include "bench/oracle/oracle.h"
#include "bench/run/job.h"
#include "bench/run/run_listener.h"
#include "bench/run/run_result.h"
#include "bench/run_record/recorder.h"
#include "bench/run_record/recording_backend.h"
#include "bench/simulation/collect.h"
#include "bench/simulation/failure.h"
#include "scheduler/policy/policy.h"
#include "sim/accounting/execution_limit.h"
#include "sim/base/check.h"
#include "sim/base/error.h"
#include "sim/engine/wake_sink.h"
#include "sim/faults/fault_spec.h"
#include "sim/faults/faulty_backend.h"
#include "sim/fluid/fluid.h"
#include "sim/functions/lambda_client.h"
#include "sim/platform/backend.h"
#include "sim/platform/cloud.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"

namespace wukong::simulation {
namespace {

// After engine.clear(), which has taken all processes away.
run::Leftovers leftovers_of(const engine::Engine& engine, const platform::Platform& platform) {
  return {.processes = engine.live_processes(),
          .flows = platform.resources().active(),
          .invocations = platform.lambda().unfinished(),
          .messages = platform.kept_messages()};
}

}  // namespace

struct Simulation::StartedJob {
  // How a client's work ended, and when.
  struct ClientEnd {
    bool reached = false;
    Duration at;
    scheduler::Failure failure;
  };

  run::Job job;
  std::unique_ptr<scheduler::System> system;
  ClientEnd end;
};

Simulation::Simulation(const platform::PlatformSpec& platform, const RunOptions& options,
                       const Surroundings& surroundings)
    : spec_(platform),
      options_(options),
      engine_(surroundings.clock != nullptr ? *surroundings.clock : virtual_clock_) {
  engine_.trace().listen(options.sink);
  engine_.watch(options.listener);
  engine_.watch_wakes(options.wakes);
  // Of an emulation the oracle knows nothing: its times are measured.
  const bool modelled = surroundings.clock == nullptr && !surroundings.make_services;
  if (options.check && modelled) {
    const run_record::Recorder::Next next{options.listener, options.wakes, options.sink};
    recorder_ = std::make_unique<run_record::Recorder>(oracle::kMostEvents, next);
    engine_.trace().listen(&*recorder_);
    engine_.watch(&*recorder_);
    engine_.watch_wakes(&*recorder_);
  }
  services_ = surroundings.make_services ? surroundings.make_services(engine_)
                                         : std::make_unique<platform::ModelledBackend>();
  if (recorder_) recorded_ = std::make_unique<run_record::RecordingBackend>(*services_, *recorder_);
  platform::Backend& made = recorded_ ? static_cast<platform::Backend&>(*recorded_) : *services_;
  if (options.faults != nullptr && !options.faults->empty())
    faulty_ = std::make_unique<faults::FaultyBackend>(engine_, *options.faults, options.seed, made);
  platform::Backend& backend = faulty_ ? static_cast<platform::Backend&>(*faulty_) : made;
  platform_ = std::make_unique<platform::Platform>(engine_, platform, options.seed, backend);
  if (faulty_) faulty_->attach(*platform_);
  if (!recorder_) return;
  platform_->resources().watch(&*recorder_);
  platform_->cloud().functions().watch(&*recorder_);
}

Simulation::~Simulation() = default;

void Simulation::start(const run::Job& job) {
  ENSURE(started_ == nullptr && job.policy != nullptr && job.options != nullptr &&
         job.dag != nullptr);
  if (options_.check) {
    engine::TraceSink* const next = recorder_ ? &*recorder_ : options_.sink;
    checker_ = std::make_unique<invariants::InvariantChecker>(*job.dag, spec_, next);
    engine_.trace().listen(&*checker_);
  }
  if (options_.listener != nullptr) options_.listener->start(*platform_, *job.dag);
  started_ = std::make_unique<StartedJob>(StartedJob{job, nullptr, {}});
  const size_t tasks = job.dag->task_count();
  platform_->executions().set(most_executions(tasks), tasks);
  started_->system = job.policy->make_system(*platform_, *job.dag, *job.options);
  engine_.spawn(run_client(*started_, engine_), "client");
}

engine::Task<> Simulation::run_client(StartedJob& started, engine::Engine& engine) {
  started.end.failure = co_await started.system->run();
  started.end.at = engine.now().since_start();
  started.end.reached = true;
  engine.tell_fact(engine::FactUse::last, &started);
}

run::RunResult Simulation::run() {
  ENSURE(started_ != nullptr && started_->system != nullptr);
  run::RunResult result = run::begin_result(started_->job, options_.seed);
  run_to_end(result);
  platform_->settle();
  collect(result);
  engine_.clear();  // what still runs uses the system, which goes before the platform
  if (faulty_) add_faults(faulty_->plan(), result);
  result.leftovers = leftovers_of(engine_, *platform_);
  if (checker_) check(result);
  started_->system.reset();
  if (options_.listener != nullptr) options_.listener->finish(engine_.now(), result);
  engine_.watch(nullptr);
  engine_.watch_wakes(nullptr);
  return result;
}

void Simulation::check(run::RunResult& result) {
  std::vector<std::string> broken =
      checker_->end(result, invariants::expectations(started_->job, spec_, result));
  if (recorder_) {
    recorder_->note_rentals(*platform_, engine_.now());
    const run_record::RunRecord record = recorder_->take();
    const bool charged = started_->job.policy->task_hosts != scheduler::TaskHosts::none;
    if (record.whole)
      for (const std::string& one : oracle::differences(record, spec_, result, charged))
        broken.push_back(one);
    if (options_.record != nullptr) *options_.record = record;
  }
  add_violations(broken, result);
}

void Simulation::run_to_end(run::RunResult& result) {
  const StartedJob::ClientEnd& end = started_->end;
  const dag::Dag& dag = *started_->job.dag;
  try {
    const bool ended = engine_.run(Time::at(options_.horizon));
    ENSURE((end.reached || !ended) && "the client is a process, so its end was waited for");
    if (!ended) result.horizon = options_.horizon;
    if (!ended)
      result.failure =
          explain_horizon(options_.horizon, end.reached ? std::optional(end.at) : std::nullopt,
                          *platform_, dag, started_->job.policy->payload_option) +
          engine_.describe_waiting();
  } catch (const engine::Deadlock& deadlock) {
    if (!end.failure)
      explain_deadlock(deadlock, platform_->lambda().statistics(), platform_->usage(),
                       started_->job.policy->payload_option, result);
  } catch (const accounting::TooManyExecutions&) {
    explain_avalanche(*platform_, faulty_ ? &faulty_->plan() : nullptr, started_->job, result);
  } catch (const Error&) {
    engine_.clear();
    throw;
  } catch (const std::bad_alloc&) {  // says nothing of the run
    engine_.clear();
    throw;
  } catch (const std::exception& error) {
    result.failure = error.what();
  }
  // The client's own reason comes first: those who still wait then do so because of it.
  if (end.failure) result.failure = end.failure->empty() ? "no reason given" : *end.failure;
  if (result.failure.empty() && started_->job.policy->task_hosts != scheduler::TaskHosts::none)
    result.failure = explain_missing_tasks(end.at, platform_->usage(), dag);
  result.completed = result.failure.empty();
  if (result.completed) result.makespan = end.at;
}

void Simulation::collect(run::RunResult& result) {
  add_platform(*platform_, result);
  result.peak_concurrency = platform_->lambda().statistics().peak_concurrency;
  result.functions = platform_->lambda().functions();
  result.trace_hash = engine_.trace().hash();
  result.workers = started_->system->workers();
  if (result.completed) result.reported = started_->system->reported().value_or(result.makespan);
}

}  // namespace wukong::simulation

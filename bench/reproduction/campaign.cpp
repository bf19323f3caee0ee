#include "bench/reproduction/campaign.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <tuple>

#include "bench/reproduction/work_estimate.h"
#include "bench/simulation/parallel_for.h"
#include "bench/simulation/run.h"
#include "bench/simulation/trace_simulation.h"
#include "scheduler/policy/policy.h"
#include "sim/base/check.h"
#include "workloads/dag/dag.h"
#include "workloads/traces/trace.h"

namespace wukong::reproduction {
namespace {

// The system's label, which decides nothing, is left out.
std::string fingerprint(const std::vector<parameters::EffectiveParameter>& parameters) {
  std::string text;
  for (const parameters::EffectiveParameter& parameter : parameters) {
    const bool of_system = parameter.path.front() == "systems";
    for (size_t i = 0; i < parameter.path.size(); ++i)
      if (!of_system || i != 1) text.append(parameter.path[i]).push_back('\0');
    text.append(parameters::to_text(parameter.value)).push_back('\0');
  }
  return text;
}

// In tasks: a trace has many invocations, and how many is only known when it is read.
constexpr double kTraceSize = 1e6;

// Each replicate has a trace of its own.
run::RunResult run_trace(const experiment::Experiment& experiment,
                         const simulation::RunOptions& options) {
  const std::unique_ptr<traces::Trace> trace = experiment.trace->make(options.seed);
  const simulation::TraceLoad load{trace.get(), experiment.trace->options.warm_up};
  return simulation::TraceSimulation(experiment.platform, load, options).run();
}

// numpywren's formulation also stores by-products, such as the factors of Q, that nobody asked for;
// Dask's has the wanted result only.
Bytes wanted_result(const experiment::WorkloadSetup& workload) {
  const dag::Dag dag = workload.make_dag(dag::DagForm::dask);
  Bytes result;
  for (const ObjectId object : dag.objects())
    if (dag.producer(object).valid() && dag.consumers(object).empty())
      result += dag.size(object).actual;
  return result;
}

}  // namespace

std::string fingerprint(const experiment::Experiment& experiment) {
  return fingerprint(experiment.effective);
}

struct Campaign::SharedDag {
  dag::DagForm form;
  size_t runs = 0;  // all that use it
  std::optional<dag::Dag> dag;
  double size = 0;              // tasks and edges
  std::optional<Bytes> result;  // where it is not the DAG's own
  std::atomic<size_t> runs_left = 0;
};

Campaign::Campaign(size_t replicates) : replicates_(replicates) { ENSURE(replicates > 0); }
Campaign::~Campaign() = default;

Campaign::ExperimentId Campaign::add(experiment::Experiment experiment) {
  ENSURE(experiment.systems.size() == 1 && !experiment.jobs, experiment.systems.size());
  const auto [known, is_new] =
      known_.try_emplace(fingerprint(experiment.effective), ExperimentId(entries_.size()));
  if (!is_new) return known->second;
  const dag::DagForm form = experiment.systems.front().policy->form;
  const std::string key =
      std::to_string(static_cast<int>(form)) + fingerprint(experiment.workload.effective);
  std::unique_ptr<SharedDag>& dag = dags_[key];
  if (dag == nullptr) dag = std::make_unique<SharedDag>(form);
  dag->runs += replicates_;
  entries_.push_back(std::make_unique<Entry>(
      Entry{std::move(experiment), dag.get(), std::vector<run::RunResult>(replicates_)}));
  return known->second;
}

void Campaign::make_dags() {
  for (const std::unique_ptr<Entry>& entry : entries_) {
    SharedDag& shared = *entry->dag;
    if (entry->experiment.trace) shared.size = kTraceSize;
    if (shared.dag || entry->experiment.trace) continue;
    const experiment::WorkloadSetup& workload = entry->experiment.workload;
    shared.dag = workload.make_dag(shared.form);
    shared.runs_left = shared.runs;
    shared.size = static_cast<double>(shared.dag->task_count() + shared.dag->edge_count());
    if (shared.form != dag::DagForm::dask) shared.result = wanted_result(workload);
  }
}

std::vector<Campaign::Job> Campaign::jobs_in_order() const {
  std::vector<Job> jobs;
  for (size_t entry = 0; entry < entries_.size(); ++entry)
    for (size_t replicate = 0; replicate < replicates_; ++replicate)
      jobs.push_back({entry, replicate});
  // One of each first, so that the time of the others is known early.
  const auto rank = [this](const Job& job) {
    return std::tuple(job.replicate > 0, -entries_[job.entry]->dag->size, job.entry, job.replicate);
  };
  std::sort(jobs.begin(), jobs.end(),
            [&](const Job& a, const Job& b) { return rank(a) < rank(b); });
  return jobs;
}

void Campaign::run_job(const Job& job) {
  Entry& entry = *entries_[job.entry];
  const experiment::Experiment& experiment = entry.experiment;
  SharedDag& shared = *entry.dag;
  run::RunResult& result = entry.results[job.replicate];
  const simulation::RunOptions options{.seed = experiment.seed + job.replicate,
                                       .horizon = experiment.horizon,
                                       .faults = &experiment.faults,
                                       .check = experiment.check};
  if (experiment.trace) {
    result = run_trace(experiment, options);
    return;
  }
  result = simulation::run_once(experiment.platform, experiment.systems.front(),
                                experiment.workload.name(), *shared.dag, options);
  if (shared.result) result.result = *shared.result;
  if (--shared.runs_left == 0) shared.dag.reset();
}

void Campaign::run(unsigned threads, const ProgressListener& listener) {
  make_dags();
  const std::vector<Job> jobs = jobs_in_order();
  WorkEstimate estimate;
  for (const std::unique_ptr<Entry>& entry : entries_) estimate.add(entry->dag->size, replicates_);
  std::mutex mutex;
  CampaignProgress progress{0, jobs.size(), 0};
  simulation::parallel_for(jobs.size(), threads, [&](size_t i) {
    const auto start = std::chrono::steady_clock::now();
    run_job(jobs[i]);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    const std::lock_guard lock(mutex);
    estimate.finish(jobs[i].entry, spent.count());
    ++progress.runs_done;
    progress.work_done = estimate.fraction_done();
    listener(progress);
  });
}

std::span<const run::RunResult> Campaign::results(ExperimentId experiment) const {
  ENSURE(experiment.index() < entries_.size(), experiment.value(), entries_.size());
  return entries_[experiment.index()]->results;
}

}  // namespace wukong::reproduction

#include "test/support/policy_run.h"

#include <algorithm>

#include "bench/parameters/preset_library.h"
#include "bench/preset_setup.h"

namespace wukong::test {
namespace {

class Recorder final : public sim::TraceSink {
 public:
  explicit Recorder(std::vector<sim::TraceRecord>& records) : records_(records) {}
  void record(const sim::TraceRecord& record) override { records_.push_back(record); }

 private:
  std::vector<sim::TraceRecord>& records_;
};

}  // namespace

size_t PolicyRun::count(sim::TraceKind kind) const {
  return static_cast<size_t>(std::count_if(
      records.begin(), records.end(), [kind](const auto& record) { return record.kind == kind; }));
}

PolicySetup make_policy(const std::string& system, const std::string& platform) {
  return {bench::preset_platform(platform), bench::preset_system(system)};
}

std::vector<std::string> every_system() {
  std::vector<std::string> systems =
      bench::PresetLibrary(bench::embedded_presets()).names("system");
  std::erase(systems, "ideal");
  for (std::string& system : systems)
    if (system.starts_with("numpywren")) system = "{" + system + ": {workers: 4}}";
  return systems;
}

PolicyRun run_policy(const workloads::Dag& dag, const sim::PlatformSpec& platform,
                     const bench::SystemSetup& system, uint64_t seed) {
  PolicyRun run;
  Recorder recorder(run.records);
  run.result =
      bench::run_once(platform, system, "test", dag, {.seed = seed, .sink = &recorder});
  run.executions.resize(dag.task_count());
  for (const auto& record : run.records)
    if (record.kind == sim::TraceKind::task_finished) ++run.executions[record.subject];
  return run;
}

PolicyRun run_policy(const workloads::Dag& dag, const PolicySetup& policy, uint64_t seed) {
  return run_policy(dag, policy.platform, policy.system, seed);
}

PolicyRun run_policy(const workloads::Dag& dag, const std::string& system,
                     const std::string& platform, uint64_t seed) {
  return run_policy(dag, make_policy(system, platform), seed);
}

uint64_t operations(const PolicyRun& run, sim::Operation operation) {
  return run.result.usage.count_of(operation);
}

bool each_task_once(const PolicyRun& run) {
  return run.result.completed && run.result.executed == run.executions.size() &&
         std::all_of(run.executions.begin(), run.executions.end(),
                     [](int executions) { return executions == 1; });
}

}  // namespace wukong::test

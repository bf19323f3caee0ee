#include "test/support/policy_run.h"

#include <algorithm>

#include "bench/experiment/preset_setup.h"
#include "bench/parameters/preset_library.h"

namespace wukong::test {
namespace {

class Recorder final : public engine::TraceSink {
 public:
  explicit Recorder(std::vector<engine::TraceRecord>& records) : records_(records) {}
  void record(const engine::TraceRecord& record) override { records_.push_back(record); }

 private:
  std::vector<engine::TraceRecord>& records_;
};

}  // namespace

size_t PolicyRun::count(engine::TraceKind kind) const {
  return static_cast<size_t>(std::count_if(
      records.begin(), records.end(), [kind](const auto& record) { return record.kind == kind; }));
}

PolicySetup make_policy(const std::string& system, const std::string& platform) {
  return {experiment::preset_platform(platform), experiment::preset_system(system)};
}

std::vector<std::string> every_system() {
  std::vector<std::string> systems =
      parameters::PresetLibrary(parameters::embedded_presets()).names("system");
  std::erase(systems, "ideal");
  for (std::string& system : systems)
    if (system.starts_with("numpywren")) system = "{" + system + ": {workers: 4}}";
  return systems;
}

PolicyRun run_policy(const dag::Dag& dag, const platform::PlatformSpec& platform,
                     const experiment::SystemSetup& system, uint64_t seed) {
  PolicyRun run;
  Recorder recorder(run.records);
  run.result =
      simulation::run_once(platform, system, "test", dag, {.seed = seed, .sink = &recorder});
  run.executions.resize(dag.task_count());
  for (const auto& record : run.records)
    if (record.kind == engine::TraceKind::task_finished) ++run.executions[record.subject];
  return run;
}

PolicyRun run_policy(const dag::Dag& dag, const PolicySetup& policy, uint64_t seed) {
  return run_policy(dag, policy.platform, policy.system, seed);
}

PolicyRun run_policy(const dag::Dag& dag, const std::string& system, const std::string& platform,
                     uint64_t seed) {
  return run_policy(dag, make_policy(system, platform), seed);
}

uint64_t operations(const PolicyRun& run, accounting::Operation operation) {
  return run.result.usage.count_of(operation);
}

bool each_task_once(const PolicyRun& run) {
  return run.result.completed && run.result.executed == run.executions.size() &&
         std::all_of(run.executions.begin(), run.executions.end(),
                     [](int executions) { return executions == 1; });
}

}  // namespace wukong::test

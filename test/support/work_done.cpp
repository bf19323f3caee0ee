#include "test/support/work_done.h"

#include "bench/simulation/run.h"
#include "bench/simulation/simulation.h"
#include "sim/engine/frame_count.h"
#include "sim/engine/steps.h"
#include "sim/hosts/host.h"
#include "sim/hosts/values.h"
#include "sim/platform/backend.h"
#include "test/catch.h"

namespace wukong::test {
namespace {

class RecordCounter final : public engine::TraceSink {
 public:
  void record(const engine::TraceRecord&) override { ++count; }
  uint64_t count = 0;
};

class ValueCounter final : public hosts::Values {
 public:
  void preload(const hosts::Host&, ObjectId) override { ++count; }
  void send(const hosts::Host&, ObjectId) override { ++count; }
  void receive(const hosts::Host&, ObjectId) override { ++count; }
  void copy(const hosts::Host&, const hosts::Host&, ObjectId) override { ++count; }
  void drop(const hosts::Host&, ObjectId) override { ++count; }
  void clear(const hosts::Host&, hosts::HostFate) override { ++count; }
  uint64_t count = 0;
};

class CountingBackend final : public platform::ModelledBackend {
 public:
  hosts::Values& values() override { return counter; }
  ValueCounter counter;
};

}  // namespace

WorkDone work_of(const dag::Dag& dag, const PolicySetup& policy) {
  RecordCounter records;
  ValueCounter* values = nullptr;
  const auto make_services = [&values](engine::Engine&) {
    auto services = std::make_unique<CountingBackend>();
    values = &services->counter;
    return services;
  };
  const uint64_t frames_before = engine::frames_taken();
  const uint64_t steps_before = engine::steps_taken();
  simulation::Simulation simulation(policy.platform,
                                    {.horizon = Duration::seconds(200'000), .sink = &records},
                                    {.make_services = make_services});
  simulation.start(simulation::job_of(policy.system, "test", dag));
  const run::RunResult result = simulation.run();
  INFO(result.failure);
  REQUIRE(result.completed);
  return {records.count, engine::frames_taken() - frames_before, values->count,
          engine::steps_taken() - steps_before};
}

void check_at_most_fivefold(const WorkDone& smaller, const WorkDone& larger) {
  CHECK(larger.records <= 5 * smaller.records);
  CHECK(larger.calls <= 5 * smaller.calls);
  CHECK(larger.values <= 5 * smaller.values);
  // Beside the records: a few of them may begin only where workers meet.
  CHECK(larger.records + larger.steps <= 5 * (smaller.records + smaller.steps));
}

}  // namespace wukong::test

// What a system does grows with its DAG, not with the square of it. Measured by what can be counted
// and is the same on every machine: records of the trace (every resumption of a process is one),
// calls of coroutines, and what is said about values in messages.
#include <string>
#include <vector>

#include "sim/engine/clock_driver.h"
#include "sim/engine/frame_count.h"
#include "test/catch.h"
#include "test/support/policy_run.h"
#include "workloads/dag_builder.h"

namespace wukong {
namespace {

class RecordCounter final : public sim::TraceSink {
 public:
  void record(const sim::TraceRecord&) override { ++count; }
  uint64_t count = 0;
};

class ValueCounter final : public sim::Values {
 public:
  void preload(const sim::Host&, ObjectId) override { ++count; }
  void send(const sim::Host&, ObjectId) override { ++count; }
  void receive(const sim::Host&, ObjectId) override { ++count; }
  void copy(const sim::Host&, const sim::Host&, ObjectId) override { ++count; }
  void drop(const sim::Host&, ObjectId) override { ++count; }
  void clear(const sim::Host&) override { ++count; }
  void remove(const sim::Host&) override { ++count; }
  uint64_t count = 0;
};

class CountingBackend final : public sim::Backend {
 public:
  std::unique_ptr<sim::TaskRunner> task_runner(std::unique_ptr<sim::TaskRunner> modelled,
                                               sim::Usage&) override {
    return modelled;
  }
  std::unique_ptr<sim::ObjectStore> object_store(std::unique_ptr<sim::ObjectStore> modelled,
                                                 sim::Usage&) override {
    return modelled;
  }
  std::unique_ptr<sim::MetadataStore> metadata_store(std::unique_ptr<sim::MetadataStore> modelled,
                                                     sim::Usage&) override {
    return modelled;
  }
  sim::Values& values() override { return counter; }
  ValueCounter counter;
};

struct Effort {
  uint64_t records = 0;
  uint64_t calls = 0;
  uint64_t values = 0;
};

Effort effort_of(const workloads::Dag& dag, const bench::Experiment& policy) {
  const bench::SystemSetup& setup = policy.systems.at(0);
  bench::RunResult result = bench::begin_result(setup, "test", dag, 1);
  RecordCounter records;
  const uint64_t frames_before = sim::frames_taken();
  sim::VirtualClock clock;
  sim::Engine engine(clock);
  engine.trace().listen(&records);
  CountingBackend backend;
  sim::Platform platform(engine, policy.platform, 1, backend);
  const auto system = setup.policy->make_system(platform, dag, *setup.options);
  bench::run_to_end(engine, platform, setup, *system, dag, Duration::seconds(200'000), result);
  INFO(result.failure);
  REQUIRE(result.completed);
  return {records.count, sim::frames_taken() - frames_before, backend.counter.count};
}

sim::TaskCost a_tenth_of_a_second() {
  sim::TaskCost cost;
  cost.sleep = Duration::milliseconds(100);
  return cost;
}

// One task puts out `width` objects, each read by a task of its own.
workloads::Dag one_output_each(size_t width, Bytes bytes) {
  workloads::DagBuilder builder;
  const sim::ObjectSize size{bytes, bytes};
  const sim::ObjectSize result{Bytes(8), Bytes(8)};
  const TaskId first = builder.add_task(builder.add_kind("first", a_tenth_of_a_second()), {},
                                        std::vector(width, size));
  std::vector<ObjectId> outputs;
  for (const ObjectId object : builder.outputs(first)) outputs.push_back(object);
  const workloads::KindId reader = builder.add_kind("reader", a_tenth_of_a_second());
  for (const ObjectId object : outputs)
    builder.add_task(reader, std::vector{object}, std::vector{result});
  return builder.build();
}

// One object for all readers, whose outputs one task reads.
workloads::Dag out_and_in(size_t width, Bytes bytes) {
  workloads::DagBuilder builder;
  const sim::ObjectSize size{bytes, bytes};
  const sim::ObjectSize small{Bytes(8), Bytes(8)};
  const ObjectId shared =
      builder.compute(builder.add_kind("first", a_tenth_of_a_second()), {}, size);
  const workloads::KindId reader = builder.add_kind("reader", a_tenth_of_a_second());
  std::vector<ObjectId> outputs;
  for (size_t i = 0; i < width; ++i)
    outputs.push_back(builder.compute(reader, std::vector{shared}, small));
  builder.compute(builder.add_kind("last", a_tenth_of_a_second()), outputs, small);
  return builder.build();
}

std::vector<std::string> systems_to_grow() {
  std::vector<std::string> systems = test::every_system();
  systems.emplace_back("{wukong: {proxy_threshold: 2}}");
  systems.emplace_back("{wukong: {bit_counters: true, stay_within_time_limit: true}}");
  systems.emplace_back("{wukong: {delayed_io: false, clustering_fan_in: false}}");
  return systems;
}

template <class MakeDag>
void check_growth(MakeDag make_dag, std::initializer_list<int64_t> sizes) {
  constexpr size_t kWidth = 100;
  for (const std::string& system : systems_to_grow()) {
    const bench::Experiment policy = test::make_policy(system);
    for (const int64_t bytes : sizes) {
      const Effort once = effort_of(make_dag(kWidth, Bytes(bytes)), policy);
      const Effort fourfold = effort_of(make_dag(4 * kWidth, Bytes(bytes)), policy);
      INFO("system: " << system << ", objects of " << bytes << " bytes");
      CHECK(fourfold.records <= 5 * once.records);
      CHECK(fourfold.calls <= 5 * once.calls);
      CHECK(fourfold.values <= 5 * once.values);
    }
  }
}

TEST_CASE("a task with four times the outputs, each read by another, is four times the work",
          "[growth]") {
  // In a payload; through the store; 200 MB together, which is large.
  check_growth(one_output_each, {1, 1000, 2'000'000});
}

TEST_CASE("four times the readers of an object before one task are four times the work",
          "[growth]") {
  check_growth(out_and_in, {1, 300'000, 250'000'000});
}

}  // namespace
}  // namespace wukong

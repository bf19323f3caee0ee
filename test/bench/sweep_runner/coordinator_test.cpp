#include "bench/sweep_runner/coordinator.h"

#include "test/bench/support/sweep_study.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::sweep_runner {
namespace {

results::RunRecord finished(const std::string& key) {
  results::RunRecord record;
  record.key = key;
  record.program = "p";
  record.status = "completed";
  record.metrics = "{}";
  return record;
}

class Sweep {
 public:
  explicit Sweep(const std::string& yaml, size_t workers = 1)
      : plan(test::test_sweep(yaml, catalog_.get())),
        store(results::ResultStore::open_for_writing(folder_.file("x.db"))),
        coordinator(plan, store, store.find_or_add_sweep({"i", "p", "{}"}), {{}, workers}) {}

 private:
  test::TestCatalog catalog_;
  test::TemporaryFolder folder_;

 public:
  sweep::SweepPlan plan;
  results::ResultStore store;
  Coordinator coordinator;
};

const std::string kTwoPoints =
    "systems: [pause]\nsweep: {axes: {workload.tree_reduction.elements: [4, 8]}}";

TEST_CASE("a run that someone is doing is waited for, not done again", "[sweep]") {
  Sweep sweep(kTwoPoints);
  const Chunk first = *sweep.coordinator.try_chunk();
  const Chunk second = *sweep.coordinator.try_chunk();
  CHECK(sweep.coordinator.claim(first, {"same"}) == std::vector<bool>{true});
  CHECK(sweep.coordinator.claim(second, {"same"}) == std::vector<bool>{false});
  CHECK(!sweep.coordinator.idle());
  sweep.coordinator.deliver(first.cells[0], finished("same"));
  CHECK(sweep.coordinator.idle());
  sweep.coordinator.finish();
  CHECK(sweep.coordinator.progress().committed == 2);
  CHECK(sweep.coordinator.progress().computed == 1);
}

TEST_CASE("the runs of a lost worker go to others, with those that waited for them", "[sweep]") {
  Sweep sweep(kTwoPoints);
  const Chunk first = *sweep.coordinator.try_chunk();
  const Chunk second = *sweep.coordinator.try_chunk();
  sweep.coordinator.claim(first, {"same"});
  sweep.coordinator.claim(second, {"same"});
  sweep.coordinator.give_back(first);
  // What the lost one delivers in the end counts for nothing.
  sweep.coordinator.deliver(first.cells[0], finished("same"));
  CHECK(sweep.coordinator.progress().running == 0);
  for (int i = 0; i < 2; ++i) {
    const std::optional<Chunk> again = sweep.coordinator.try_chunk();
    REQUIRE(again);
    if (sweep.coordinator.claim(*again, {"same"})[0])
      sweep.coordinator.deliver(again->cells[0], finished("same"));
  }
  CHECK(sweep.coordinator.idle());
  sweep.coordinator.finish();
  CHECK(sweep.coordinator.progress().committed == 2);
}

TEST_CASE("a stopped sweep hands out nothing more", "[sweep]") {
  Sweep sweep(kTwoPoints);
  CHECK(sweep.coordinator.try_chunk());
  sweep.coordinator.stop();
  CHECK(!sweep.coordinator.wait_for_chunk());
  CHECK(!sweep.coordinator.idle());  // one is running
}

TEST_CASE("few points are split by replicate and system, so that all workers have work",
          "[sweep]") {
  Sweep one("systems: [pause, {pause: {name: other}}]\nreplicates: 3", 4);
  CHECK(one.coordinator.try_chunk()->cells.size() == 1);
  Sweep many(
      "systems: [pause, {pause: {name: other}}]\nreplicates: 3\n"
      "sweep: {axes: {workload.tree_reduction.delay_ms: {from: 1, to: 50, steps: 50}}}");
  CHECK(many.coordinator.try_chunk()->cells.size() == 6);
}

}  // namespace
}  // namespace wukong::sweep_runner

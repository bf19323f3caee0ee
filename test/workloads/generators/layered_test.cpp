#include "workloads/generators/layered.h"

#include <algorithm>
#include <set>

#include "sim/base/error.h"
#include "test/catch.h"
#include "workloads/dag/statistics.h"

namespace wukong::generators {
namespace {

LayeredParameters all_random(DistributionShape shape, double spread, int64_t seed) {
  const Distribution distribution{.shape = shape, .spread = spread};
  return {.depth = 20,
          .width = 500,
          .fan_in = 4,
          .seed = seed,
          .width_distribution = distribution,
          .fan_in_distribution = distribution,
          .task_distribution = distribution,
          .object_distribution = distribution};
}

double mean_fan_in(const dag::Dag& dag) {
  return static_cast<double>(dag.edge_count()) /
         static_cast<double>(dag.task_count() - dag.leaves().size());
}

bool same(const dag::Dag& a, const dag::Dag& b) {
  if (a.task_count() != b.task_count() || a.edge_count() != b.edge_count()) return false;
  for (const TaskId task : a.tasks()) {
    if (!std::ranges::equal(a.inputs(task), b.inputs(task))) return false;
    if (a.cost(task).sleep != b.cost(task).sleep) return false;
    if (a.size(a.outputs(task).front()).actual != b.size(b.outputs(task).front()).actual)
      return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a layered DAG with constant distributions is exactly as its parameters say") {
  const dag::Dag dag = make_layered({.depth = 7,
                                     .width = 30,
                                     .fan_in = 3,
                                     .task_time = Duration::milliseconds(20),
                                     .object = Bytes(5000)});
  CHECK(dag.task_count() == 7 * 30);
  CHECK(dag.edge_count() == 6 * 30 * 3);
  CHECK(dag.leaves().size() == 30);
  CHECK(shape_of(dag).depth == 7);
  CHECK(shape_of(dag).width == 30);
  for (const TaskId task : dag.tasks()) {
    CHECK(dag.cost(task).sleep == Duration::milliseconds(20));
    CHECK(dag.size(dag.outputs(task).front()).actual == Bytes(5000));
  }
}

TEST_CASE("a task reads distinct objects, all of the layer before") {
  const dag::Dag dag = make_layered(all_random(DistributionShape::exponential, 0, 3));
  const auto levels = dag::task_levels(dag);
  for (const TaskId task : dag.tasks()) {
    const auto inputs = dag.inputs(task);
    CHECK(std::set<ObjectId>(inputs.begin(), inputs.end()).size() == inputs.size());
    for (const TaskId before : dag.predecessors(task))
      CHECK(levels[before.index()] + 1 == levels[task.index()]);
  }
}

TEST_CASE("every object of a layer is as likely to be read, in any argument's place") {
  const dag::Dag dag = make_layered({.depth = 2001, .width = 10, .fan_in = 3});
  std::vector<std::vector<size_t>> reads(3, std::vector<size_t>(10));
  for (const TaskId task : dag.tasks())
    for (size_t place = 0; place < dag.inputs(task).size(); ++place)
      ++reads[place][dag.inputs(task)[place].index() % 10];
  // 20,000 draws of ten: 2000 each, with a standard deviation of 42.
  for (const auto& of_place : reads)
    for (const size_t count : of_place) {
      CHECK(count > 1800);
      CHECK(count < 2200);
    }
}

TEST_CASE("the same seed gives the same layered DAG, another seed another one") {
  const auto parameters = all_random(DistributionShape::lognormal, 1, 7);
  CHECK(same(make_layered(parameters), make_layered(parameters)));
  CHECK_FALSE(
      same(make_layered(parameters), make_layered(all_random(DistributionShape::lognormal, 1, 8))));
}

TEST_CASE("what one distribution draws does not change what the others draw") {
  auto parameters = all_random(DistributionShape::constant, 0, 7);
  parameters.object_distribution = {.shape = DistributionShape::lognormal, .spread = 1};
  const dag::Dag constant = make_layered(all_random(DistributionShape::constant, 0, 7));
  const dag::Dag random = make_layered(parameters);
  for (const TaskId task : constant.tasks())
    REQUIRE(std::ranges::equal(constant.inputs(task), random.inputs(task)));
}

TEST_CASE("times, sizes and fan-ins keep their mean, whatever the distribution's shape") {
  struct Case {
    DistributionShape shape;
    double spread;
    double tolerance;  // of the means of about 10,000 draws
  };
  for (const auto& [shape, spread, tolerance] :
       {Case{DistributionShape::uniform, 0.9, 0.03}, Case{DistributionShape::lognormal, 0.8, 0.05},
        Case{DistributionShape::exponential, 0, 0.05}}) {
    INFO(kDistributionNames[static_cast<size_t>(shape)]);
    auto parameters = all_random(shape, spread, 11);
    parameters.width_distribution = {};
    const dag::Dag dag = make_layered(parameters);
    double time = 0;
    double bytes = 0;
    for (const TaskId task : dag.tasks()) {
      time += dag.cost(task).sleep.to_seconds();
      bytes += static_cast<double>(dag.size(dag.outputs(task).front()).actual.count());
    }
    const auto tasks = static_cast<double>(dag.task_count());
    CHECK(time / tasks == Approx(0.1).epsilon(tolerance));
    CHECK(bytes / tasks == Approx(1e6).epsilon(tolerance));
    // At least one input, which lifts the mean where the distribution comes near 0.
    CHECK(mean_fan_in(dag) == Approx(4).epsilon(0.08));
  }
}

TEST_CASE("a uniform distribution stays within its spread, and an exponential one does not") {
  const auto times = [](const Distribution& distribution) {
    auto parameters = all_random(DistributionShape::constant, 0, 5);
    parameters.task_distribution = distribution;
    const dag::Dag dag = make_layered(parameters);
    std::vector<double> milliseconds;
    for (const TaskId task : dag.tasks())
      milliseconds.push_back(dag.cost(task).sleep.to_milliseconds());
    std::sort(milliseconds.begin(), milliseconds.end());
    return milliseconds;
  };
  const auto uniform = times({.shape = DistributionShape::uniform, .spread = 0.25});
  CHECK(uniform.front() >= 75.0);
  CHECK(uniform.front() < 76.0);
  CHECK(uniform.back() <= 125.0);
  CHECK(uniform.back() > 124.0);
  // The median of an exponential distribution is ln 2 of its mean.
  const auto exponential = times({.shape = DistributionShape::exponential});
  CHECK(exponential[exponential.size() / 2] == Approx(69.3).epsilon(0.05));
  // The median of a lognormal one of mean 1 is exp(-sigma^2 / 2) = 0.607 for sigma = 1.
  const auto lognormal = times({.shape = DistributionShape::lognormal, .spread = 1});
  CHECK(lognormal[lognormal.size() / 2] == Approx(60.7).epsilon(0.05));
}

TEST_CASE("widths vary from layer to layer as their distribution says") {
  auto parameters = all_random(DistributionShape::constant, 0, 5);
  parameters.width_distribution = {.shape = DistributionShape::uniform, .spread = 0.5};
  const dag::Dag dag = make_layered(parameters);
  std::map<uint32_t, size_t> widths;
  for (const uint32_t level : dag::task_levels(dag)) ++widths[level];
  CHECK(widths.size() == 20);
  std::set<size_t> distinct;
  for (const auto& [level, width] : widths) {
    CHECK(width >= 250);
    CHECK(width <= 750);
    distinct.insert(width);
  }
  CHECK(distinct.size() > 10);
}

TEST_CASE("a layered DAG's impossible parameters are errors that name them") {
  const auto key_of_error = [](const LayeredParameters& parameters) {
    try {
      make_layered(parameters);
    } catch (const Error& error) {
      return error.place().key;
    }
    return std::string("no error");
  };
  CHECK(key_of_error({.depth = 2, .width = 3, .fan_in = 4}) == "workload.layered.fan_in");
  CHECK(key_of_error({.depth = 100'000, .width = 101}) == "workload.layered.depth");
  CHECK(key_of_error({.depth = 1000, .width = 1000, .fan_in = 101}) == "workload.layered.fan_in");
}

TEST_CASE("a fan-in that is wider than a layer is refused, unless there is one layer only",
          "[generators]") {
  CHECK(make_layered({.depth = 1, .width = 1, .fan_in = 2}, dag::DagForm::dask).task_count() == 1);
  CHECK_THROWS_AS(make_layered({.depth = 2, .width = 1, .fan_in = 2}, dag::DagForm::dask), Error);
}

}  // namespace wukong::generators

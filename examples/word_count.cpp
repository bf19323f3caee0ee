// One's own tasks in C++, scheduled by any system of wukong, for real: a DAG, a Computation that
// says what its tasks do, and emulate_once. Counts the words of a text in parts: `split` is an
// input, each `count` counts one part, `sum` adds.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>

#include "bench/experiment/preset_setup.h"
#include "bench/simulation/emulate.h"
#include "bench/simulation/run.h"
#include "workloads/computations/computation.h"
#include "workloads/dag/dag_builder.h"

namespace {

using namespace wukong::literals;
using wukong::Bytes;
using wukong::ObjectId;
using wukong::TaskId;
namespace computations = wukong::computations;
namespace dag = wukong::dag;
namespace experiment = wukong::experiment;
namespace kernels = wukong::kernels;
namespace run = wukong::run;
namespace simulation = wukong::simulation;

constexpr int64_t kParts = 8;
constexpr Bytes kPartBytes{4096};

dag::Dag make_dag() {
  dag::DagBuilder builder;
  wukong::hosts::TaskCost cost;
  cost.sleep = 5_ms;  // each task also sleeps for 5 ms
  const auto count = builder.add_kind("count", cost);
  const auto sum = builder.add_kind("sum", {});
  std::vector<ObjectId> counts;
  for (int64_t part = 0; part < kParts; ++part) {
    const ObjectId text = builder.add_input({.actual = kPartBytes, .nominal = kPartBytes});
    counts.push_back(builder.compute(count, {text}, {.actual = Bytes(8), .nominal = Bytes(8)}));
  }
  builder.compute(sum, counts, {.actual = Bytes(8), .nominal = Bytes(8)});
  return builder.build();
}

// A task's inputs and outputs are bytes; their sizes are those that the DAG says.
class WordCount final : public computations::Computation {
 public:
  explicit WordCount(const dag::Dag& dag) : dag_(dag) {}

  kernels::Value initial(ObjectId object) const override {
    kernels::Buffer text(kPartBytes);
    const size_t word = 3 + object.index();  // letters
    for (size_t i = 0; i < text.bytes().size(); ++i)
      text.bytes()[i] = i % (word + 1) == word ? std::byte{' '} : std::byte{'x'};
    return std::move(text).freeze();
  }

  // On a worker thread, several at once. What it throws fails the task's function.
  std::vector<kernels::Value> run(TaskId task,
                                  std::span<const kernels::Value> inputs) const override {
    double words = 0;
    for (const kernels::Value& input : inputs)
      words += dag_.kind(task) == "count" ? count(input) : input.numbers().front();
    kernels::Buffer result(Bytes(8));
    result.numbers().front() = words;
    std::vector<kernels::Value> values;
    values.push_back(std::move(result).freeze());
    return values;
  }

  computations::Verification verify(const computations::Results& results) const override {
    double expected = 0;
    for (const ObjectId object : dag_.objects())
      if (!dag_.producer(object).valid()) expected += count(initial(object));
    const ObjectId sum = dag_.outputs(dag_.sinks().front()).front();
    const double found = results(sum).numbers().front();
    return {"words that are missing", expected - found, expected == found};
  }

 private:
  static double count(const kernels::Value& text) {
    const auto bytes = text.bytes();
    return static_cast<double>(std::count(bytes.begin(), bytes.end(), std::byte{' '}));
  }

  const dag::Dag& dag_;
};

}  // namespace

int main() {
  const wukong::platform::PlatformSpec platform = experiment::preset_platform("local");
  const dag::Dag dag = make_dag();
  const WordCount computation(dag);
  bool good = true;
  for (const char* name : {"wukong", "strawman"}) {
    const experiment::SystemSetup system = experiment::preset_system(name);
    const run::Job job = simulation::job_of(system, "word_count", dag);
    const run::RunResult run =
        simulation::emulate_once(platform, /*emulation=*/{}, job, computation, {.seed = 1}).result;
    fmt::print("{}: {} in {:.0f} ms, {} tasks, {}\n", run.system,
               run.completed ? "completed" : run.failure, run.makespan.to_seconds() * 1e3,
               run.executed, run.completed ? "verified" : "not verified");
    good = good && run.completed;
  }
  return good ? 0 : 1;
}

#include "workloads/generators/layered.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "sim/base/random.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/dense_kernels.h"
#include "workloads/dag/task_limit.h"

namespace wukong::generators {
namespace {

class LayeredDag {
 public:
  explicit LayeredDag(const LayeredParameters& parameters)
      : parameters_(parameters),
        seed_(static_cast<uint64_t>(parameters.seed)),
        widths_(seed_, "layered.width"),
        fan_ins_(seed_, "layered.fan_in"),
        choices_(seed_, "layered.choice"),
        times_(seed_, "layered.time"),
        sizes_(seed_, "layered.size") {}

  dag::Dag build() {
    const double tasks = parameters_.width * static_cast<double>(parameters_.depth);
    builder_.reserve(static_cast<size_t>(tasks), static_cast<size_t>(tasks),
                     static_cast<size_t>(tasks * parameters_.fan_in));
    for (int64_t depth = 0; depth < parameters_.depth; ++depth) {
      std::vector<ObjectId> layer(static_cast<size_t>(
          at_least_one(parameters_.width_distribution.draw(widths_, parameters_.width))));
      dag::check_task_count("workload.layered.width",
                            static_cast<double>(builder_.task_count() + layer.size()));
      for (ObjectId& object : layer) object = add_task();
      previous_ = std::move(layer);
    }
    return builder_.build();
  }

 private:
  static int64_t at_least_one(double value) { return std::max<int64_t>(1, std::llround(value)); }

  ObjectId add_task() {
    const double bytes = parameters_.object_distribution.draw(
        sizes_, static_cast<double>(parameters_.object.count()));
    return builder_.compute(kind(), inputs(), dag::as_declared(Bytes(rounded(bytes, kMostData))));
  }

  dag::KindId kind() {
    const Duration time = Duration::nanoseconds(
        rounded(parameters_.task_distribution.draw(
                    times_, static_cast<double>(parameters_.task_time.count_ns())),
                kLongestTime));
    const auto [known, is_new] = kinds_.try_emplace(time);
    if (is_new) {
      hosts::TaskCost cost;
      cost.sleep = time;
      known->second = builder_.add_kind("task", cost);
    }
    return known->second;
  }

  // The first places of a shuffle of the layer before; which order it starts from does not matter,
  // so it is never put in order again.
  std::span<const ObjectId> inputs() {
    if (previous_.empty()) return {};
    const double drawn = parameters_.fan_in_distribution.draw(fan_ins_, parameters_.fan_in);
    const size_t count = std::min(static_cast<size_t>(at_least_one(drawn)), previous_.size());
    for (size_t i = 0; i < count; ++i)
      std::swap(previous_[i], previous_[i + choices_.below(previous_.size() - i)]);
    return {previous_.data(), count};
  }

  const LayeredParameters& parameters_;
  uint64_t seed_;
  RandomStream widths_, fan_ins_, choices_, times_, sizes_;
  dag::DagBuilder builder_;
  std::map<Duration, dag::KindId> kinds_;
  std::vector<ObjectId> previous_;  // the objects of the layer before
};

}  // namespace

void LayeredParameters::visit(FieldVisitor& v) {
  v.about("Layers").field("depth", depth, {1, dag::kMostTasks});
  v.about("Tasks of a layer, on average").field("width", width, {1, dag::kMostTasks});
  width_distribution.visit(v, "width");
  v.about("Objects of the layer before that a task reads, on average")
      .field("fan_in", fan_in, {1, dag::kMostTasks});
  fan_in_distribution.visit(v, "fan_in");
  v.about("How long a task sleeps, on average").duration("task_ms", task_time, {0, 1e9});
  task_distribution.visit(v, "task");
  v.about("The size of a task's result, on average").bytes("object_kb", object, {0, 1e9});
  object_distribution.visit(v, "object");
  v.about("Another seed draws another DAG").field("seed", seed, {0, 9e15});
}

dag::Dag make_layered(const LayeredParameters& parameters, dag::DagForm) {
  ENSURE(parameters.depth >= 1 && parameters.width >= 1, parameters.depth, parameters.width);
  ENSURE(parameters.fan_in >= 1, parameters.fan_in);
  const bool has_edges = parameters.depth > 1;
  if (has_edges && parameters.fan_in > parameters.width)
    throw Error(ErrorPlace{"", 0, "workload.layered.fan_in"},
                "at most the width of a layer, " + std::to_string(parameters.width),
                std::to_string(parameters.fan_in));
  const double tasks = parameters.width * static_cast<double>(parameters.depth);
  dag::check_task_count("workload.layered.depth", tasks);
  dag::check_count("workload.layered.fan_in", tasks * parameters.fan_in, dag::kMostInputs,
                   "inputs");
  return LayeredDag(parameters).build();
}

}  // namespace wukong::generators

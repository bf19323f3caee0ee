#include "workloads/linear_algebra/svc.h"

#include <string>

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/fuse_linear_chains.h"
#include "workloads/dag/task_limit.h"
#include "workloads/linear_algebra/blocking.h"
#include "workloads/linear_algebra/kind_table.h"

namespace wukong::linear_algebra {
namespace {

// The radial kernel of a sample and a support vector: a difference, a square and a sum for each
// feature, and an exponential, which counts as some twenty operations.
double predict_flops(int64_t samples, const SvcParameters& parameters) {
  constexpr int64_t kExponential = 20;
  return dag::product(samples, parameters.support_vectors, 3 * parameters.features + kExponential);
}

}  // namespace

void SvcParameters::visit(FieldVisitor& v) {
  v.about("Samples that are classified").field("samples", samples, {1, 1e12});
  v.about("Parts into which the samples are cut").field("chunks", chunks, {1, dag::kMostTasks / 2});
  v.about("Numbers of a sample").field("features", features, {1, 1e6});
  v.about("Support vectors of the model").field("support_vectors", support_vectors, {1, 1e6});
}

dag::Dag make_unfused_svc(const SvcParameters& parameters) {
  ENSURE(parameters.samples >= 1 && parameters.chunks >= 1, parameters.samples, parameters.chunks);
  if (parameters.samples < parameters.chunks)
    throw Error(ErrorPlace{"", 0, "workload.svc.chunks"},
                "at most one per sample, " + std::to_string(parameters.samples),
                std::to_string(parameters.chunks));
  const Blocking chunks{.length = parameters.samples,
                        .block = parameters.samples / parameters.chunks};
  dag::check_task_count("workload.svc.chunks", 2 * static_cast<double>(chunks.count()));
  dag::DagBuilder builder;
  KindTable kinds(builder);
  for (int64_t i = 0; i < chunks.count(); ++i) {
    const int64_t samples = chunks.size(i);
    const Bytes data = dag::matrix_bytes(samples, parameters.features);
    const Bytes labels = dag::matrix_bytes(samples, 1);
    const dag::KindId make = kinds.get("make_classification", {samples, parameters.features}, [&] {
      return dag::kernel_cost(hosts::Kernel::generate,
                              dag::product(samples, parameters.features, 1), data);
    });
    const dag::KindId predict =
        kinds.get("predict", {samples, parameters.features, parameters.support_vectors}, [&] {
          return dag::kernel_cost(hosts::Kernel::predict, predict_flops(samples, parameters),
                                  data + labels);
        });
    const ObjectId chunk = builder.compute(make, {}, dag::as_declared(data));
    builder.compute(predict, {chunk}, dag::as_declared(labels));
  }
  return builder.build();
}

dag::Dag make_svc(const SvcParameters& parameters, dag::DagForm) {
  return dag::fuse_linear_chains(make_unfused_svc(parameters));
}

}  // namespace wukong::linear_algebra

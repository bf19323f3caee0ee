#include <cblas.h>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/catch.h"
#include "workloads/computations/computations.h"
#include "workloads/dag/dag.h"

namespace wukong::kernels {
namespace {

struct Reference {
  dag::Dag dag;
  std::unique_ptr<computations::Computation> computation;
  std::vector<Value> values;

  computations::Verification verify() const {
    return computation->verify([this](ObjectId object) { return values[object.index()]; });
  }
};

// One task after another.
Reference run_serially(const std::string& workload, dag::DagForm form) {
  const std::string text = "platform: local\nworkload: " + workload + "\nsystems: [wukong]\n";
  const experiment::Experiment experiment = experiment::make_experiment(
      parameters::parse_yaml(text, {parameters::Origin::Kind::file, "x.yaml", 0}),
      experiment::program_catalog());
  Reference reference{experiment.workload.make_dag(form), nullptr, {}};
  const dag::Dag& dag = reference.dag;
  reference.computation = computations::make_computation(
      *experiment.workload.workload, *experiment.workload.parameters, dag, form, 7);
  reference.values.resize(dag.object_count());
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid() && !dag.absent(object))
      reference.values[object.index()] = reference.computation->initial(object);
  for (const TaskId task : dag.tasks()) {
    std::vector<Value> inputs;
    for (const ObjectId object : dag.inputs(task))
      inputs.push_back(reference.values[object.index()]);
    const std::vector<Value> outputs = reference.computation->run(task, inputs);
    size_t next = 0;
    for (const ObjectId object : dag.outputs(task))
      reference.values[object.index()] = outputs[next++];
  }
  return reference;
}

Value spoiled(const Value& value) {
  Buffer buffer(value.size());
  std::ranges::copy(value.bytes(), buffer.bytes().begin());
  double& number = buffer.numbers()[buffer.numbers().size() / 2];
  number = -number - 1;
  return std::move(buffer).freeze();
}

const char* const kWorkloads[] = {
    "{tsqr: {rows: 200, columns: 5, block_rows: 30}}",
    "{tsqr: {rows: 200, columns: 5, block_rows: 30, with_q: true}}",
    "{gemm: {n: 50, block: 16}}",
    "{svd1: {rows: 200, columns: 6, block_rows: 30}}",
    "{svd2: {n: 60, block: 25}}",
    "{svd2: {n: 60, block: 25, result: s}}",
    "{cholesky: {n: 50, block: 16}}",
    "{tree_reduction: {elements: 13, value_bytes: 24}}",
    "{layered: {depth: 3, width: 4, object_kb: 1}}",
};

TEST_CASE("kernels keep to the core that their task has", "[kernels]") {
  openblas_set_num_threads(2);
  run_serially("{gemm: {n: 32, block: 16}}", dag::DagForm::dask);
  CHECK(openblas_get_num_threads() == 1);
}

TEST_CASE("each computation verifies its own result, whatever the last block's size", "[kernels]") {
  for (const dag::DagForm form : {dag::DagForm::dask, dag::DagForm::numpywren}) {
    for (const char* const workload : kWorkloads) {
      const Reference reference = run_serially(workload, form);
      INFO(workload << " " << reference.verify().residual);
      CHECK(reference.verify().passed);
    }
  }
}

TEST_CASE("a verification does not pass with a wrong number in any result", "[kernels]") {
  for (const dag::DagForm form : {dag::DagForm::dask, dag::DagForm::numpywren}) {
    for (const char* const workload : kWorkloads) {
      Reference reference = run_serially(workload, form);
      for (const TaskId sink : reference.dag.sinks()) {
        const auto outputs = reference.dag.outputs(sink);
        // numpywren's V and T are by-products; R is the last output.
        const size_t last = outputs.front().index() + outputs.size() - 1;
        const Value right = reference.values[last];
        reference.values[last] = spoiled(right);
        INFO(workload << " " << reference.dag.name(sink));
        CHECK_FALSE(reference.verify().passed);
        reference.values[last] = right;
      }
    }
  }
}

TEST_CASE("every label of a classification is that of the nearer side", "[kernels]") {
  Reference reference =
      run_serially("{svc: {samples: 100, chunks: 4, support_vectors: 30}}", dag::DagForm::dask);
  CHECK(reference.verify().passed);
  const ObjectId labels = reference.dag.outputs(reference.dag.sinks().front()).front();
  Buffer turned(reference.values[labels.index()].size());
  const auto right = reference.values[labels.index()].numbers();
  for (size_t i = 0; i < right.size(); ++i) turned.numbers()[i] = -right[i];
  reference.values[labels.index()] = std::move(turned).freeze();
  CHECK_FALSE(reference.verify().passed);
}

}  // namespace
}  // namespace wukong::kernels

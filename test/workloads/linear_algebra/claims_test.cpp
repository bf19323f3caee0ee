// A short file can claim to be a huge workload. It gets an error at once, and no memory.
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/files/input_file.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong {
namespace {

// The most memory that the process has had so far.
int64_t peak_megabytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

std::string error_of(const std::string& workload) {
  const std::string text = "platform: aws-2020\nworkload: " + workload + "\nsystems: [wukong]\n";
  return test::error_text([&] {
    const parameters::Origin origin{parameters::Origin::Kind::file, "claims.yaml", 0};
    const auto experiment = experiment::make_experiment(parameters::parse_yaml(text, origin),
                                                        experiment::program_catalog());
    for (const auto form : {dag::DagForm::dask, dag::DagForm::numpywren})
      experiment.workload.make_dag(form);
  });
}

// At least 10^12 tasks, or inputs of tasks, in bounds that each parameter may have by itself.
const std::vector<std::string> kClaims = {
    "{gemm: {n: 1e6, block: 10}}",
    "{tsqr: {rows: 1e12, columns: 1, block_rows: 1}}",
    "{tsqr: {rows: 1e9, columns: 1, block_rows: 1}}",
    "{svd1: {rows: 1e9, columns: 1, block_rows: 1}}",
    "{svd2: {n: 1e9, block: 1}}",
    "{svc: {samples: 1e12, chunks: 1e12}}",
    "{svc: {samples: 1e12, chunks: 5000001}}",
    "{cholesky: {n: 1e9, block: 1}}",
    "{qr: {n: 1e9, block: 1}}",
    "{bdfac: {n: 1e9, block: 1}}",
    "{lu: {n: 1e9, block: 1}}",
    "{tree_reduction: {elements: 1e12, delay_ms: 0}}",
    "{tree_reduction: {elements: 1e8, delay_ms: 0}}",
    "{noop: {tasks: 1e12, lambdas: 1, delay_ms: 0}}",
    "{layered: {depth: 1e6, width: 1e6, fan_in: 1, task_ms: 1, object_kb: 1}}",
    "{layered: {depth: 1e12, width: 1, task_ms: 1, object_kb: 1}}",
    "{layered: {depth: 3, width: 1e6, fan_in: 1e6, task_ms: 1, object_kb: 1}}",
};

TEST_CASE("every generator refuses 10^12 tasks with an error that names its key, and no memory") {
  std::set<std::string> tried;
  const int64_t before = peak_megabytes();
  for (const std::string& claim : kClaims) {
    const std::string error = error_of(claim);
    INFO(claim << ": " << error);
    const std::string key = claim.substr(1, claim.find(':') - 1);
    CHECK(error.find("claims.yaml:2: workload." + key) == 0);
    tried.insert(key);
  }
  CHECK(peak_megabytes() - before < 200);
  // Those two have their tasks written down.
  for (const workloads::Workload& workload : workloads::workloads())
    if (workload.path_key.empty() && workload.key != "sketch" && workload.key != "dag")
      CHECK(tried.contains(std::string(workload.key)));
}

std::string wfformat_error(const std::string& tasks, const std::string& files) {
  const std::string text = R"({"schemaVersion": "1.5", "workflow": {"specification": {"tasks": [)" +
                           tasks + R"(], "files": [)" + files + "]}}}";
  return test::error_text([&] { wfformat::parse_wfformat(text, "claims.json"); });
}

// The format lists its tasks, so it cannot claim more than it has; but a megabyte can name a
// million parents, or a file of any size.
TEST_CASE("a megabyte of WfFormat takes no more than a file of its size warrants") {
  const int64_t before = peak_megabytes();
  const std::string task = R"({"name": "a", "id": "a", "parents": []})";
  CHECK(wfformat_error(task, R"({"id": "x", "sizeInBytes": 1e12})") == "no error");
  CHECK(wfformat_error(task, R"({"id": "x", "sizeInBytes": 1e300})").find("claims.json:1: ") == 0);
  CHECK(wfformat_error(task + ",1000000000000", "").find("claims.json:1: ") == 0);

  std::string parents = R"("a")";
  while (parents.size() < 1'000'000) parents += R"(,"a")";
  const std::string child = R"({"name": "b", "id": "b", "parents": [)" + parents + "]}";
  CHECK(wfformat_error(task + "," + child, "") == "no error");
  CHECK(wfformat_error(task + "," + std::string(500'000, '['), "").find("claims.json:1: ") == 0);
  CHECK(peak_megabytes() - before < 500);
}

TEST_CASE("a workflow's file that has no end is an error") {
  CHECK(test::error_text([] { files::read_input_file("/dev/zero"); }) ==
        "/dev/zero: expected a readable file, found a device");
}

}  // namespace
}  // namespace wukong

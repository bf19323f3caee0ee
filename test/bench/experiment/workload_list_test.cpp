

#include <boost/json.hpp>
#include <sstream>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/experiment/workload_list.h"
#include "bench/parameters/field_list.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"
#include "test/support/golden.h"
#include "workloads/dag/dag.h"

namespace wukong::experiment {
namespace {

namespace json = boost::json;

TEST_CASE("every parameter of every workload says what it means", "[workloads]") {
  for (const workloads::Workload& workload : workloads::workloads()) {
    INFO(workload.key);
    CHECK_FALSE(workload.summary.empty());
    const auto parameters = workload.make_parameters();
    for (const parameters::FieldInfo& field : parameters::fields_of(*parameters)) {
      INFO(field.key);
      CHECK(field.meaning.size() > 5);
      CHECK(field.meaning.back() != '.');
      CHECK_FALSE(field.type.empty());
    }
  }
}

TEST_CASE("docs/workloads.md is what the code says", "[workloads][golden]") {
  CHECK(test::golden_difference("../docs/workloads.md",
                                workloads_markdown(workloads::workloads())) == "");
}

TEST_CASE("the example of every workload can be pasted, and becomes a DAG", "[workloads]") {
  const test::TemporaryFolder folder;
  folder.write("montage.json", R"({"schemaVersion": "1.5", "workflow": {"specification": {"tasks": [
    {"name": "t", "id": "t", "parents": []}]}}})");
  folder.write("graph.dot", "digraph { a -> b }");
  folder.write("tasks.csv", "name\na\nb\n");
  folder.write("edges.csv", "from,to\na,b\n");
  const json::value all = json::parse(workloads_json(workloads::workloads(), ""));
  REQUIRE(all.as_array().size() == workloads::workloads().size());
  for (const json::value& each : all.as_array()) {
    const std::string example(each.at("example").as_string());
    INFO(example);
    const parameters::ParameterTree tree =
        parameters::parse_yaml(example, {parameters::Origin::Kind::file, folder.file("x.yaml"), 0});
    const WorkloadSetup workload = make_workload(tree, program_catalog());
    CHECK(workload.make_dag(dag::DagForm::dask).task_count() > 0);
    CHECK(workload.name() == each.at("key").as_string());
  }
}

const json::object& parameter_called(const json::value& workload, const std::string& key) {
  for (const json::value& parameter : workload.at("parameters").as_array())
    if (parameter.at("key").as_string() == json::string_view(key.data(), key.size()))
      return parameter.as_object();
  FAIL("no parameter " << key);
  throw 0;
}

TEST_CASE("a listed parameter has its type, unit and default, or is required", "[workloads]") {
  const json::value tsqr = json::parse(workloads_json(workloads::workloads(), "tsqr"));
  CHECK(parameter_called(tsqr, "rows").at("required").as_bool());
  CHECK(parameter_called(tsqr, "rows").at("default").is_null());
  CHECK(parameter_called(tsqr, "rows").at("type").as_string() == "a whole number from 1 to 1e+09");
  CHECK_FALSE(parameter_called(tsqr, "block_rows").at("required").as_bool());
  CHECK(parameter_called(tsqr, "block_rows").at("default").is_null());
  CHECK(parameter_called(tsqr, "persisted_input").at("default").as_bool());
  const json::value layered = json::parse(workloads_json(workloads::workloads(), "layered"));
  CHECK(parameter_called(layered, "task_ms").at("unit").as_string() == "ms");
  CHECK(parameter_called(layered, "task_ms").at("default").as_double() == 100);
  CHECK(parameter_called(layered, "task_distribution").at("type").as_string() ==
        "one of constant, uniform, lognormal, exponential");
  const json::value wfformat = json::parse(workloads_json(workloads::workloads(), "wfformat"));
  CHECK(parameter_called(wfformat, "path").at("required").as_bool());
  CHECK(parameter_called(wfformat, "path").at("type").as_string() == "a file");
}

TEST_CASE("wukong workloads lists them, and shows one in 80 columns", "[workloads]") {
  const test::Outcome all = test::run("workloads");
  CHECK(all.exit_code == 0);
  for (const workloads::Workload& workload : workloads::workloads()) {
    CHECK(all.output.find(std::string(workload.key) + " ") != std::string::npos);
    const test::Outcome one = test::run("workloads " + std::string(workload.key));
    CHECK(one.exit_code == 0);
    std::istringstream lines(all.output + one.output);
    for (std::string line; std::getline(lines, line);) {
      INFO(line);
      CHECK(line.size() <= 80);
    }
  }
  CHECK(test::run("workloads sketch").output.find("edges: \"a -> c; b -> c\"") !=
        std::string::npos);
  const test::Outcome unknown = test::run("workloads skech");
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.output.find("did you mean \"sketch\"?") != std::string::npos);
  CHECK(json::parse(test::run("workloads lu --json -").output).at("key").as_string() == "lu");
}

TEST_CASE("all keys that a workload lacks are named at once", "[workloads]") {
  const std::string text = test::error_text([&] {
    make_workload(parameters::parse_yaml("workload: {noop: {}}",
                                         {parameters::Origin::Kind::file, "x.yaml", 0}),
                  program_catalog());
  });
  CHECK(text ==
        "x.yaml:1: workload.noop.tasks: expected a value, found nothing (the key is missing; so "
        "are workload.noop.lambdas)");
}

TEST_CASE("what is odd about a workflow is one line on stderr and in the JSON document",
          "[bench]") {
  const test::TemporaryFolder folder;
  folder.write("flow.json", R"({"schemaVersion": "1.5", "workflow": {"specification": {"tasks": [
    {"name": "t", "id": "t", "parents": []}, {"name": "t", "id": "u", "parents": []}]}}})");
  const std::string file = folder.write(
      "x.yaml",
      "platform: aws-2020\nworkload: {wfformat: flow.json}\nsystems: [wukong, strawman]\n"
      "replicates: 3\n");
  const std::string odd = "flow.json: 2 of 2 tasks unconnected, 2 of 2 tasks without a run time";
  const std::string output = test::run("run " + file + " --json " + folder.file("r.json")).output;
  const size_t first = output.find(odd);
  INFO(output);
  REQUIRE(first != std::string::npos);
  CHECK(output.find("wukong: warning: ") != std::string::npos);
  CHECK(output.find(odd, first + 1) == std::string::npos);
  const json::value document = json::parse(test::read_all(folder.file("r.json")));
  REQUIRE(document.at("warnings").as_array().size() == 1);
  CHECK(document.at("warnings").at(0).as_string().find(odd) != json::string::npos);
  CHECK(test::run("dag info " + folder.file("flow.json")).output.find(odd) != std::string::npos);
}

TEST_CASE("a sweep says once what is odd about a workflow, however many runs it has", "[bench]") {
  const test::TemporaryFolder folder;
  folder.write("flow.json", R"({"schemaVersion": "1.5", "workflow": {"specification": {"tasks": [
    {"name": "t", "id": "t", "parents": []}, {"name": "t", "id": "u", "parents": []}]}}})");
  const std::string file =
      folder.write("x.yaml",
                   "platform: {preset: aws-2020, functions: {memory_mb: [1536, 3008]}}\n"
                   "workload: {wfformat: flow.json}\nsystems: [wukong, strawman]\nreplicates: 2\n");
  const std::string odd = "flow.json: 2 of 2 tasks unconnected, 2 of 2 tasks without a run time";
  const std::string output =
      test::run("sweep " + file + " --results " + folder.file("r.db")).output;
  INFO(output);
  const size_t first = output.find("wukong: warning: " + folder.path());
  REQUIRE(first != std::string::npos);
  const size_t found = output.find(odd);
  REQUIRE(found != std::string::npos);
  CHECK(output.find(odd, found + 1) == std::string::npos);
}

}  // namespace
}  // namespace wukong::experiment

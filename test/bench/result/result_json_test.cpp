
#include "bench/result/result_json.h"

#include <boost/json.hpp>

#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/run/run_result.h"
#include "bench/simulation/run.h"
#include "bench/text/json_text.h"
#include "sim/accounting/usage.h"
#include "test/bench/support/test_catalog.h"
#include "test/catch.h"

namespace wukong::result {
namespace {

namespace json = boost::json;

std::vector<std::string> keys_of(const json::value& object) {
  std::vector<std::string> keys;
  for (const json::key_value_pair& pair : object.as_object())
    keys.emplace_back(pair.key().data(), pair.key().size());
  return keys;
}

using Keys = std::vector<std::string>;

json::value document_of(const std::string& systems) {
  static const test::TestCatalog catalog;
  const experiment::Experiment experiment = experiment::make_experiment(
      parameters::parse_yaml("platform: aws-2020\n"
                             "workload: {tree_reduction: {elements: 16, delay_ms: 0}}\n"
                             "systems: " +
                                 systems + "\n",
                             {parameters::Origin::Kind::file, "x.yaml", 0}),
      catalog.get());
  return json::parse(result_document(experiment, simulation::run_experiment(experiment, 1)));
}

TEST_CASE("the result document has the keys of its schema, in order", "[bench]") {
  const json::value document = document_of("[pause]");
  CHECK(keys_of(document) == Keys{"schema", "program", "runs", "parameters"});
  CHECK(document.at("schema") == "wukong.result/1");
  CHECK(keys_of(document.at("program")) == Keys{"version", "commit"});
  const json::value& run = document.at("runs").at(0);
  CHECK(keys_of(run) == Keys{"system",      "workload",
                             "seed",        "completed",
                             "failure",     "makespan_s",
                             "reported_s",  "tasks",
                             "edges",       "executed",
                             "invocations", "cold_starts",
                             "throttles",   "peak_concurrency",
                             "billed_gb_s", "cpu_core_s",
                             "cost_usd",    "bytes",
                             "operations",  "time_s",
                             "trace_hash"});
  CHECK(keys_of(run.at("cost_usd")) ==
        Keys{"total", "functions", "requests", "storage", "queue", "machines"});
  CHECK(keys_of(run.at("bytes")) == Keys{"read", "written", "nominal_read", "nominal_written"});
  CHECK(keys_of(run.at("time_s")) ==
        Keys{"invoke", "storage_io", "execute", "serialize", "publish"});
  CHECK(run.at("operations").as_object().size() == accounting::kOperations);
}

TEST_CASE("a run's values are in the result document", "[bench]") {
  const json::value run = document_of("[pause]").at("runs").at(0);
  CHECK(run.at("system") == "pause");
  CHECK(run.at("workload") == "tree_reduction");
  CHECK(run.at("seed").as_int64() == 1);
  CHECK(run.at("completed").as_bool());
  CHECK(run.at("failure").is_null());
  CHECK(run.at("makespan_s").as_double() == 2.0);
  CHECK(run.at("tasks").as_int64() == 15);
  CHECK(run.at("cost_usd").at("total").as_double() == 0.25);
  CHECK(run.at("bytes").at("read").as_int64() == 1'500'000);
  CHECK(run.at("trace_hash").as_string().size() == 16);
}

TEST_CASE("a failed run has its reason in place of a makespan", "[bench]") {
  const json::value run = document_of("[refusing]").at("runs").at(0);
  CHECK(!run.at("completed").as_bool());
  CHECK(run.at("failure") == "it did not want to");
  CHECK(run.at("makespan_s").is_null());
}

TEST_CASE("the parameters are all there, each with its origin", "[bench]") {
  const json::value parameters = document_of("[{pause: {pause_s: 3}}]").at("parameters");
  CHECK(keys_of(parameters) ==
        Keys{"platform", "workload", "systems", "replicates", "seed", "horizon_s"});
  const json::value& options = parameters.at("systems").at("pause");
  CHECK(options.at("pause_s").at("value").as_double() == 3.0);
  CHECK(options.at("pause_s").at("origin") == "x.yaml:3");
  CHECK(options.at("store").at("shards").at("value").as_int64() == 75);
  CHECK(options.at("store").at("shards").at("origin") == "preset store/redis-75");
  CHECK(parameters.at("seed").at("origin") == "default");
}

TEST_CASE("JSON text keeps the order, and numbers read back as the same type", "[bench]") {
  const json::value document = {{"b", 1.0},
                                {"a", 0.1},
                                {"list", {1, 2.5}},
                                {"text", "a\"b"},
                                {"nothing", nullptr},
                                {"inner", {{"x", 1e-12}}},
                                {"deep", {{"map", {{"y", true}}}}}};
  CHECK(text::to_json_text(document) ==
        "{\n"
        "  \"b\": 1.0,\n"
        "  \"a\": 0.1,\n"
        "  \"list\": [1, 2.5],\n"
        "  \"text\": \"a\\\"b\",\n"
        "  \"nothing\": null,\n"
        "  \"inner\": {\"x\": 1e-12},\n"
        "  \"deep\": {\n"
        "    \"map\": {\"y\": true}\n"
        "  }\n"
        "}\n");
}

}  // namespace
}  // namespace wukong::result

#include "workloads/trace_catalog/trace_options.h"

#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/preset_library.h"
#include "sim/base/error.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/workloads/trace_files/trace_text.h"
#include "test_paths.h"

namespace wukong::trace_catalog {
namespace {

TraceOptions options_of(const std::string& yaml) {
  const parameters::Origin origin{parameters::Origin::Kind::file,
                                  std::string(WUKONG_SOURCE) + "/configs/experiment.yaml", 1};
  const parameters::ParameterTree tree = parameters::parse_yaml(yaml, origin);
  parameters::ParameterReader reader(tree, {"workload", "trace"},
                                     parameters::MissingKey::keeps_default);
  TraceOptions options;
  reader.read(options);
  return options;
}

std::string complaint(const std::string& yaml) {
  return test::error_text([&] { make_trace(options_of(yaml), 1, "workload.trace"); });
}

constexpr const char* kAzure2019 =
    "azure_2019: {invocations: traces/azure-2019/invocations.csv, "
    "durations: traces/azure-2019/durations.csv, memory: traces/azure-2019/memory.csv";

}  // namespace

TEST_CASE("the samples in Azure's formats are read, and sampled, as an experiment says",
          "[traces]") {
  const auto day = make_trace(options_of(std::string(kAzure2019) + "}\n"), 1, "workload.trace");
  CHECK(day->functions().function_count() == 20);
  CHECK(day->functions().app_count() == 12);
  CHECK(day->oddities().empty());
  CHECK(test::all_of(*day).size() == 1'773);
  const auto few = make_trace(
      options_of(std::string(kAzure2019) + ", within_minute: equidistant}\napps: 4\nhours: 0.25\n"),
      1, "workload.trace");
  CHECK(few->functions().app_count() == 4);
  const auto list =
      make_trace(options_of("azure_2021: traces/azure-2021.csv\n"), 1, "workload.trace");
  CHECK(test::all_of(*list).size() == 20);
  CHECK(test::in_order(test::all_of(*list)));
}

TEST_CASE("a synthetic trace is a preset, with what an experiment adds", "[traces]") {
  const parameters::PresetLibrary library(parameters::embedded_presets());
  const auto written = parameters::parse_yaml("preset: azure-2019\napps: 30\nhours: 0.1\n", {});
  parameters::ParameterTree tree = library.resolve("trace", written, "workload.trace.synthetic");
  trace_generator::GeneratorOptions synthetic;
  parameters::ParameterReader reader(tree, {"workload", "trace", "synthetic"});
  reader.read(synthetic);
  for (const parameters::EffectiveParameter& parameter : reader.read_parameters())
    if (parameter.path.back() != "apps" && parameter.path.back() != "hours")
      CHECK(!parameter.source.empty());
  TraceOptions options;
  options.synthetic = synthetic;
  const auto trace = make_trace(options, 1, "workload.trace");
  CHECK(trace->functions().app_count() == 30);
  CHECK(!test::all_of(*trace).empty());
}

TEST_CASE("not exactly one trace is an error", "[traces]") {
  CHECK(complaint("apps: 3\n") ==
        "workload.trace: expected one of azure_2019, azure_2021, csv, synthetic and poisson, found "
        "none");
  CHECK(complaint("azure_2021: traces/azure-2021.csv\ncsv: traces/azure-2021.csv\n") ==
        "workload.trace: expected one of azure_2019, azure_2021, csv, synthetic and poisson, found "
        "2 of "
        "them");
  CHECK(complaint("azure_2021: traces/azure-2021.csv\napps: 4000\n")
            .starts_with("workload.trace.apps: expected at most as many as are invoked, "));
}

}  // namespace wukong::trace_catalog

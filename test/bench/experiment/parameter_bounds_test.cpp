// Every number that an experiment may set has an upper bound, so that none can be multiplied into
// nonsense or into more memory than there is.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_yaml.h"
#include "runtime/loop/emulation_spec.h"
#include "scheduler/policy/policy.h"
#include "sim/faults/fault_spec.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::experiment {
namespace {

struct NumericField {
  std::vector<std::string> path;
  Bounds bounds;
  bool whole = false;
  bool list = false;
};

// Sees all fields, those that may be absent too, and leaves them as they are.
class NumericFields final : public FieldVisitor {
 public:
  std::vector<NumericField> found;

  void take(std::string_view key, const Field& field) override {
    if (const auto* integer = std::get_if<IntegerField>(&field))
      add(key, integer->bounds, true, {});
    if (const auto* number = std::get_if<NumberField>(&field)) add(key, number->bounds, false, {});
    if (const auto* list = std::get_if<NumbersField>(&field)) add(key, list->bounds, false, true);
  }
  bool present(std::string_view, bool) override { return true; }
  void begin(std::string_view key) override { path_.emplace_back(key); }
  void end() override { path_.pop_back(); }
  std::vector<std::string> keys(std::string_view) override { return {}; }

 private:
  void add(std::string_view key, Bounds bounds, bool whole, bool list) {
    found.push_back({path_, bounds, whole, list});
    found.back().path.emplace_back(key);
  }
  std::vector<std::string> path_;
};

// Nothing but this field, each key of its path on a line of its own.
std::string yaml_of(const NumericField& field, double value) {
  std::string text;
  for (size_t i = 0; i < field.path.size(); ++i)
    text += fmt::format("{}{}\"{}\":", i == 0 ? "" : "\n", std::string(i, ' '), field.path[i]);
  return text + (field.list ? fmt::format(" [{}]\n", value) : fmt::format(" {}\n", value));
}

// Other keys are missing; that is found only at the end, after a value out of bounds.
template <class Parameters>
std::string error_of(Parameters& parameters, const NumericField& field, double value) {
  const parameters::ParameterTree tree = parameters::parse_yaml(
      yaml_of(field, value), {parameters::Origin::Kind::file, "bounds.yaml", 0});
  parameters::ParameterReader reader(tree, {"top"}, parameters::MissingKey::keeps_default);
  return test::error_text([&] { reader.read(parameters); });
}

template <class Parameters>
std::vector<std::string> check_bounds(const std::string& name, Parameters& parameters) {
  NumericFields fields;
  parameters.visit(fields);
  std::vector<std::string> keys;
  for (const NumericField& field : fields.found) {
    std::string path = "top";
    for (const std::string& key : field.path) path = parameters::join_path(path, key);
    INFO(name << ": " << path << " of at most " << field.bounds.most);
    keys.push_back(field.path.back());
    CHECK(field.bounds.least <= field.bounds.most);
    CHECK(field.bounds.most < kPositive.most);
    const std::string place = fmt::format("bounds.yaml:{}: {}: ", field.path.size(), path);
    const std::string at_the_bound = error_of(parameters, field, field.bounds.most);
    CHECK(at_the_bound.find(place + "expected a") == std::string::npos);
    const double above =
        field.whole ? std::floor(field.bounds.most * 1.001) + 1 : field.bounds.most * 1.001 + 1e-9;
    const std::string error = error_of(parameters, field, above);
    CHECK(error.find(place + "expected a") == 0);
    CHECK(error.find(fmt::format(", found \"{}\"", above)) != std::string::npos);
    CHECK(std::count(error.begin(), error.end(), '\n') == 0);
  }
  return keys;
}

TEST_CASE("every numeric parameter has an upper bound, and beyond it is an error with its place",
          "[experiment][bounds]") {
  const Catalog catalog = program_catalog();
  std::vector<std::string> all;
  const auto add = [&](const std::vector<std::string>& keys) {
    all.insert(all.end(), keys.begin(), keys.end());
  };
  for (const std::string preset : {"aws-2020", "aws-2024", "aws-2026", "local"}) {
    std::vector<parameters::EffectiveParameter> effective;
    platform::PlatformSpec platform =
        make_platform(parameters::parse_yaml("platform: " + preset, {}), catalog, effective);
    add(check_bounds("platform " + preset, platform));
  }
  for (const scheduler::Policy& policy : catalog.policies)
    add(check_bounds(std::string(policy.name), *policy.make_options()));
  for (const workloads::Workload& workload : catalog.workloads)
    add(check_bounds(std::string(workload.key), *workload.make_parameters()));
  faults::FaultSpec faults;
  add(check_bounds("faults", faults));
  loop::EmulationSpec emulation;
  add(check_bounds("emulation", emulation));
  for (const std::string key : {"shards", "latency_sigma", "schedule_node_bytes", "rows", "most",
                                "memory_mb", "price_usd_per_hour", "retry_waits_s", "speed"}) {
    INFO(key);
    CHECK(std::find(all.begin(), all.end(), key) != all.end());
  }
}

}  // namespace
}  // namespace wukong::experiment

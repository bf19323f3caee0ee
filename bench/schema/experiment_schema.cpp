#include "bench/schema/experiment_schema.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <iterator>
#include <vector>

#include "bench/experiment/catalog.h"
#include "bench/experiment/jobs_setup.h"
#include "bench/experiment/run_parameters.h"
#include "bench/experiment/trace_setup.h"
#include "bench/parameters/parameter_tree.h"
#include "bench/schema/schema_fields.h"
#include "bench/schema/sweep_schema.h"
#include "bench/text/json_text.h"
#include "runtime/loop/emulation_spec.h"
#include "scheduler/policy/options.h"
#include "scheduler/policy/policy.h"
#include "sim/base/error.h"
#include "sim/faults/fault_spec.h"
#include "sim/platform/platform_spec.h"
#include "workloads/catalog/workload.h"

namespace wukong::schema {
namespace {

namespace json = boost::json;

json::object reference(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }

// The object among the forms of a property, which may be one of several.
json::object& object_form(json::value& property) {
  json::object& schema = property.as_object();
  const json::value* const forms = schema.if_contains("anyOf");
  return forms == nullptr ? schema : schema["anyOf"].as_array().front().as_object();
}

class ExperimentSchema {
 public:
  ExperimentSchema(const experiment::Catalog& catalog, bool axes)
      : catalog_(catalog), form_{.axes = axes, .require = false} {}

  json::object schema() {
    json::object properties{{"platform", platform()},
                            {"workload", workload()},
                            {"systems", systems()},
                            {"faults", faults()},
                            {"check", json::object{{"type", "boolean"}}},
                            {"emulation", emulation()}};
    experiment::RunParameters runs;
    const json::object of_runs = schema_of(runs, {});
    for (const auto& [key, value] : of_runs.at("properties").as_object())
      if (key != "source") properties[key] = value;
    properties["source"] = json::object{{"type", "string"}};
    json::object schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                        {"type", "object"},
                        {"properties", std::move(properties)},
                        {"required", json::array{"platform", "workload"}},
                        {"additionalProperties", false}};
    if (form_.axes) add_sweep(schema);
    if (form_.axes) defs_["range"] = range_schema();
    schema["$defs"] = std::move(defs_);
    return schema;
  }

 private:
  // A preset's name, or a map that may lay values over one. `schema` is of the map.
  json::object with_presets(std::string_view kind, json::object schema) const {
    const json::object names = one_of_names(catalog_.presets.names(kind));
    json::object& properties = schema["properties"].as_object();
    properties["preset"] = form_.axes ? written_as(names, form_) : json::value(names);
    std::vector<json::value> forms{names, schema};
    if (form_.axes)
      forms.emplace_back(json::object{{"type", "array"}});  // of what, the reader says
    return any_of(std::move(forms));
  }

  json::object platform() {
    platform::PlatformSpec spec;
    return with_presets("platform", schema_of(spec, form_));
  }

  // The options of a policy, and what a system has beside them.
  void define_policy(const scheduler::Policy& policy) {
    const auto options = policy.make_options();
    json::object schema = schema_of(*options, form_);
    json::object& properties = schema["properties"].as_object();
    for (auto& [key, value] : properties) {
      const std::string_view name(key.data(), key.size());
      if (name != "store" && !name.ends_with("_store")) continue;
      value = any_of({with_presets("store", object_form(value)), none_value()});
    }
    std::vector<std::string> names;
    for (const scheduler::Policy& other : catalog_.policies) names.emplace_back(other.name);
    properties["policy"] = one_of_names(names);
    properties["name"] = text_value();
    defs_["policy-" + std::string(policy.name)] = std::move(schema);
  }

  json::object systems() {
    for (const scheduler::Policy& policy : catalog_.policies) define_policy(policy);
    json::object overrides;
    const std::vector<std::string> presets = catalog_.presets.names("system");
    for (const std::string& preset : presets) {
      const parameters::ParameterTree tree = catalog_.presets.load("system", preset, {});
      const parameters::ParameterTree* const policy = tree.find("policy");
      if (policy == nullptr) continue;
      overrides[preset] =
          any_of({reference("policy-" + policy->text), json::object{{"type", "null"}}});
    }
    json::object item{{"type", "object"},
                      {"properties", std::move(overrides)},
                      {"additionalProperties", false},
                      {"minProperties", 1},
                      {"maxProperties", 1}};
    return {{"type", "array"}, {"items", any_of({one_of_names(presets), item})}};
  }

  // A plain value in place of a workload's map names its file.
  json::value of_workload(const workloads::Workload& workload) const {
    const auto parameters = workload.make_parameters();
    json::object schema = schema_of(*parameters, {.axes = form_.axes, .require = true});
    schema["description"] = std::string(workload.summary);
    if (workload.path_key.empty() && !workload.map_in_file) return schema;
    return any_of({schema, json::object{{"type", "string"}}});
  }

  json::object workload_names() {
    json::object properties;
    for (const workloads::Workload& workload : catalog_.workloads) {
      const std::string name = "workload-" + std::string(workload.key);
      if (!defs_.contains(name)) defs_[name] = of_workload(workload);
      properties[workload.key] = reference(name);
    }
    return properties;
  }

  json::object workload() {
    json::object properties = workload_names();
    properties["jobs"] = jobs();
    experiment::TraceLoadOptions trace;
    properties["trace"] = with_tables(schema_of(trace, form_));
    json::object one{{"type", "object"},
                     {"properties", std::move(properties)},
                     {"additionalProperties", false},
                     {"minProperties", 1},
                     {"maxProperties", 1}};
    if (!form_.axes) return one;
    defs_["workload"] = std::move(one);
    const json::object any = reference("workload");
    return any_of({any, json::object{{"type", "array"}, {"items", any}}});
  }

  // The tables of a made trace come from a preset.
  json::object with_tables(json::object trace) const {
    json::object& properties = trace["properties"].as_object();
    object_form(properties["synthetic"])["properties"].as_object()["preset"] =
        one_of_names(catalog_.presets.names("trace"));
    return trace;
  }

  json::object jobs() {
    experiment::JobsOptions options;
    json::object schema = schema_of(options, form_);
    json::object& properties = schema["properties"].as_object();
    json::value& arrivals = properties["arrivals"];
    json::value& trace = object_form(arrivals)["properties"].as_object()["trace"];
    object_form(trace) = with_tables(object_form(trace));
    experiment::KindOptions kind;
    json::object item = schema_of(kind, form_);
    for (const auto& [key, value] : workload_names()) item["properties"].as_object()[key] = value;
    properties["of"] = json::object{{"type", "array"}, {"items", std::move(item)}, {"minItems", 1}};
    schema["required"] = json::array{"of"};
    return schema;
  }

  json::object faults() const {
    faults::FaultSpec spec;
    return schema_of(spec, form_);
  }

  // A command in words, and the servers of a store, may be lists.
  json::object emulation() const {
    loop::EmulationSpec spec;
    json::object schema = schema_of(spec, form_);
    for (const char* const key : {"store", "command"}) {
      json::value& property = schema["properties"].as_object()[key];
      property = any_of({property, json::object{{"type", "array"}, {"items", text_value()}}});
    }
    return schema;
  }

  const experiment::Catalog& catalog_;
  SchemaForm form_;
  json::object defs_;
};

// Of a file that `dag:` names.
json::object dag_schema(const experiment::Catalog& catalog) {
  for (const workloads::Workload& workload : catalog.workloads) {
    if (!workload.map_in_file) continue;
    const auto parameters = workload.make_parameters();
    json::object schema = schema_of(*parameters, {});
    schema["$schema"] = "http://json-schema.org/draft-07/schema#";
    schema["required"] = json::array{"tasks"};
    return schema;
  }
  return {};
}

}  // namespace

std::string schema_text(const experiment::Catalog& catalog, const std::string& name) {
  if (name == "dag") return text::to_json_text(dag_schema(catalog));
  json::object schema = ExperimentSchema(catalog, name != "experiment").schema();
  if (name == "suite") schema["properties"].as_object()["check"] = check_schema();
  return text::to_json_text(schema);
}

}  // namespace wukong::schema

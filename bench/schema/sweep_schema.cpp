#include "bench/schema/sweep_schema.h"

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "bench/result/metric.h"
#include "bench/schema/schema_fields.h"

namespace wukong::schema {
namespace {

namespace json = boost::json;

json::object object_of(json::object properties) {
  return {
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

json::object list_of(json::value items) { return {{"type", "array"}, {"items", std::move(items)}}; }

json::object number() { return {{"type", "number"}}; }
json::object positive() { return {{"type", "number"}, {"exclusiveMinimum", 0}}; }
json::object whole(int64_t least) { return {{"type", "integer"}, {"minimum", least}}; }

json::object metric_name() {
  std::vector<std::string> names;
  for (const result::Metric& metric : result::metrics()) names.emplace_back(metric.name);
  return one_of_names(names);
}

// Keys are dotted, values are lists or ranges, of whatever the key takes.
json::object axes() {
  return {{"type", "object"},
          {"additionalProperties", any_of({json::object{{"type", "array"}, {"minItems", 1}},
                                           json::object{{"$ref", "#/$defs/range"}}})}};
}

}  // namespace

json::object range_schema() {
  json::object range = object_of({{"from", number()},
                                  {"to", number()},
                                  {"steps", whole(1)},
                                  {"step", positive()},
                                  {"powers_of", positive()},
                                  {"scale", one_of_names({"linear", "logarithmic"})},
                                  {"whole", json::object{{"type", "boolean"}}}});
  range["required"] = json::array{"from", "to"};
  return range;
}

void add_sweep(json::object& experiment) {
  const json::object sample = object_of({{"method", one_of_names({"random", "latin_hypercube"})},
                                         {"points", whole(1)},
                                         {"seed", whole(0)}});
  const json::object until = object_of({{"metric", metric_name()},
                                        {"relative_halfwidth", positive()},
                                        {"confidence", positive()},
                                        {"at_least", whole(2)},
                                        {"at_most", whole(2)}});
  json::object& properties = experiment["properties"].as_object();
  properties["sweep"] = any_of({object_of({{"axes", axes()},
                                           {"zip", list_of(json::object{})},
                                           {"sample", sample},
                                           {"exclude", list_of(json::object{{"type", "object"}})},
                                           {"limit", whole(1)}}),
                                none_value()});
  properties["until"] = until;
}

json::object check_schema() {
  const json::object tolerance =
      any_of({json::object{{"type", "number"}, {"minimum", 0}},
              object_of({{"increase", json::object{{"type", "number"}, {"minimum", 0}}},
                         {"decrease", json::object{{"type", "number"}, {"minimum", 0}}}})});
  return object_of({{"metrics", list_of(metric_name())},
                    {"tolerances", json::object{{"type", "object"},
                                                {"propertyNames", metric_name()},
                                                {"additionalProperties", tolerance}}}});
}

}  // namespace wukong::schema

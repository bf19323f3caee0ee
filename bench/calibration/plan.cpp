#include "bench/calibration/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/preset_library.h"

namespace wukong::calibration {
namespace {

constexpr std::string_view kPlanKeys[] = {"stages"};
constexpr std::string_view kStageKeys[] = {"name", "points", "except", "claims", "parameters"};

template <class Names>
void check_map(const parameters::ParameterTree& tree, const std::string& path, const Names& names) {
  if (!tree.is_map())
    throw Error(tree.origin.place(path), fmt::format("a map ({})", fmt::join(names, ", ")),
                tree.describe());
  for (const parameters::ParameterEntry& entry : tree.entries)
    if (std::find(std::begin(names), std::end(names), entry.key) == std::end(names))
      throw Error(entry.value.origin.place(parameters::join_path(path, entry.key)),
                  "unknown key" + did_you_mean(entry.key, names));
}

const parameters::ParameterTree& required(const parameters::ParameterTree& map,
                                          const std::string& path, const std::string& key) {
  if (const parameters::ParameterTree* found = map.find(key)) return *found;
  throw Error(map.origin.place(parameters::join_path(path, key)), "a value",
              "nothing (the key is missing)");
}

const parameters::ParameterTree& required_list(const parameters::ParameterTree& map,
                                               const std::string& path, const std::string& key) {
  const parameters::ParameterTree& list = required(map, path, key);
  if (!list.is_list() || list.items.empty())
    throw Error(list.origin.place(parameters::join_path(path, key)), "a list",
                list.is_list() ? "an empty list" : list.describe());
  return list;
}

std::string item_path(const std::string& list, size_t index) {
  return fmt::format("{}[{}]", list, index);
}

// A text, or a list of texts.
std::vector<parameters::ParameterTree> texts(const parameters::ParameterTree& map,
                                             const std::string& path, const std::string& key) {
  const parameters::ParameterTree& written = required(map, path, key);
  const std::vector<parameters::ParameterTree> items =
      written.is_list() ? written.items : std::vector<parameters::ParameterTree>{written};
  for (const parameters::ParameterTree& item : items)
    if (!item.is_scalar() || item.is_none())
      throw Error(item.origin.place(parameters::join_path(path, key)), "a text or a list of texts",
                  item.describe());
  if (items.empty())
    throw Error(written.origin.place(parameters::join_path(path, key)), "a text or a list of texts",
                "an empty list");
  return items;
}

PresetPlace make_place(const parameters::ParameterTree& preset,
                       const parameters::ParameterTree& key, const std::string& path) {
  const size_t slash = preset.text.find('/');
  PresetPlace place;
  place.kind = preset.text.substr(0, slash);
  if (slash == std::string::npos || slash + 1 == preset.text.size() ||
      std::find(std::begin(parameters::kPresetKinds), std::end(parameters::kPresetKinds),
                place.kind) == std::end(parameters::kPresetKinds))
    throw Error(preset.origin.place(parameters::join_path(path, "preset")),
                fmt::format("KIND/NAME of a preset, where KIND is one of {}",
                            fmt::join(parameters::kPresetKinds, ", ")),
                preset.describe());
  place.preset = preset.text.substr(slash + 1);
  const ErrorPlace where = key.origin.place(parameters::join_path(path, "key"));
  place.key = parameters::split_path(key.text, fmt::format("{}:{}", where.file, where.line));
  place.origin = key.origin;
  return place;
}

// `item` is the parameter's place in its stage, e.g. parameters[0].
FreeParameter make_parameter(const parameters::ParameterTree& written, const std::string& stage,
                             const std::string& item) {
  const std::string path = parameters::join_path(stage, item);
  FreeParameter parameter;
  parameter.origin = written.origin;
  if (!written.is_map())
    throw Error(written.origin.place(path), "a map (preset, key, from, to, whole, meaning)",
                written.describe());
  for (const parameters::ParameterTree& preset : texts(written, path, "preset"))
    for (const parameters::ParameterTree& key : texts(written, path, "key"))
      parameter.places.push_back(make_place(preset, key, path));
  parameters::ParameterTree rest = written;
  rest.remove("preset");
  rest.remove("key");
  parameters::ParameterReader reader(rest, {stage, item}, parameters::MissingKey::keeps_default);
  reader.read(parameter);
  if (parameter.from >= parameter.to)
    throw Error(written.origin.place(parameters::join_path(path, "to")),
                fmt::format("more than `from`, {}", parameter.from),
                fmt::format("\"{}\"", parameter.to));
  if (parameter.whole &&
      (parameter.from != std::floor(parameter.from) || parameter.to != std::floor(parameter.to)))
    throw Error(written.origin.place(parameters::join_path(path, "whole")),
                "bounds without a fraction", fmt::format("{} to {}", parameter.from, parameter.to));
  return parameter;
}

std::vector<PointPattern> patterns(const parameters::ParameterTree& list, const std::string& path) {
  std::vector<PointPattern> patterns;
  for (size_t i = 0; i < list.items.size(); ++i)
    patterns.push_back(parse_point_pattern(list.items[i], item_path(path, i)));
  return patterns;
}

CalibrationStage make_stage(const parameters::ParameterTree& written, const std::string& path) {
  check_map(written, path, kStageKeys);
  CalibrationStage stage;
  stage.origin = written.origin;
  const parameters::ParameterTree& name = required(written, path, "name");
  if (!name.is_scalar() || name.is_none())
    throw Error(name.origin.place(parameters::join_path(path, "name")), "a text", name.describe());
  stage.name = name.text;
  stage.points =
      patterns(required_list(written, path, "points"), parameters::join_path(path, "points"));
  if (written.find("except") != nullptr)
    stage.except =
        patterns(required_list(written, path, "except"), parameters::join_path(path, "except"));
  if (written.find("claims") != nullptr)
    for (const parameters::ParameterTree& claim : texts(written, path, "claims"))
      stage.claims.push_back({claim.origin, claim.text});
  const parameters::ParameterTree& list = required_list(written, path, "parameters");
  for (size_t i = 0; i < list.items.size(); ++i)
    stage.parameters.push_back(make_parameter(list.items[i], path, item_path("parameters", i)));
  return stage;
}

// A value that two stages fit would have the provenance of one of them only.
void check_fitted_once(const CalibrationPlan& plan) {
  std::vector<const PresetPlace*> seen;
  for (const CalibrationStage& stage : plan.stages)
    for (const FreeParameter& parameter : stage.parameters)
      for (const PresetPlace& place : parameter.places) {
        for (const PresetPlace* other : seen)
          if (other->text() == place.text())
            throw Error(place.origin.place(place.text()), "a value that is fitted once",
                        fmt::format("it in line {} too", other->origin.line));
        seen.push_back(&place);
      }
}

}  // namespace

std::string PresetPlace::key_text() const {
  std::string text;
  for (const std::string& part : key) text = parameters::join_path(text, part);
  return text;
}

void FreeParameter::visit(FieldVisitor& v) {
  v.field("from", from, kPositive);
  v.field("to", to, kPositive);
  v.field("whole", whole);
  v.field("meaning", meaning);
}

std::string FreeParameter::name() const {
  if (places.size() == 1) return places.front().text();
  return fmt::format("{}, and {} more", places.front().text(), places.size() - 1);
}

bool CalibrationStage::fits(const PointName& point) const {
  const auto matches = [&](const PointPattern& pattern) { return pattern.matches(point); };
  return std::any_of(points.begin(), points.end(), matches) &&
         std::none_of(except.begin(), except.end(), matches);
}

bool CalibrationStage::fits(std::string_view claim) const {
  return std::any_of(claims.begin(), claims.end(),
                     [&](const ClaimPattern& pattern) { return pattern.matches(claim); });
}

std::vector<const CalibrationStage*> CalibrationPlan::select(
    const std::vector<std::string>& names) const {
  std::vector<std::string> known;
  for (const CalibrationStage& stage : stages) known.push_back(stage.name);
  for (const std::string& name : names)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw Error({"--stage", 0, ""}, fmt::format("a stage ({})", fmt::join(known, "; ")),
                  "\"" + name + "\"" + did_you_mean(name, known));
  std::vector<const CalibrationStage*> selected;
  for (const CalibrationStage& stage : stages)
    if (names.empty() || std::find(names.begin(), names.end(), stage.name) != names.end())
      selected.push_back(&stage);
  return selected;
}

CalibrationPlan make_calibration_plan(const parameters::ParameterTree& tree) {
  check_map(tree, "", kPlanKeys);
  CalibrationPlan plan;
  const parameters::ParameterTree& list = required_list(tree, "", "stages");
  for (size_t i = 0; i < list.items.size(); ++i) {
    plan.stages.push_back(make_stage(list.items[i], item_path("stages", i)));
    for (size_t j = 0; j < i; ++j)
      if (plan.stages[j].name == plan.stages[i].name)
        throw Error(plan.stages[i].origin.place(item_path("stages", i) + ".name"),
                    "a name that no other stage has", "\"" + plan.stages[i].name + "\"");
  }
  check_fitted_once(plan);
  return plan;
}

}  // namespace wukong::calibration

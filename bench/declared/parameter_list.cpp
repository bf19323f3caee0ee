#include "bench/declared/parameter_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "bench/calibration/targets.h"

namespace wukong::declared {
namespace {

bool is_outside(const PresetValue& value, const Declaration& declaration) {
  if (!declaration.one_of.empty())
    return std::find(declaration.one_of.begin(), declaration.one_of.end(), value.text) ==
           declaration.one_of.end();
  return value.numbers.empty() ||
         std::any_of(value.numbers.begin(), value.numbers.end(), [&](double number) {
           return number < *declaration.from || number > *declaration.to;
         });
}

template <class Declared, class Matches>
const Declared* first_that(const std::vector<Declared>& declarations, const Matches& matches) {
  const auto found = std::find_if(declarations.begin(), declarations.end(), matches);
  return found == declarations.end() ? nullptr : &*found;
}

bool matches_any(const std::vector<std::string>& patterns, std::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return calibration::matches_glob(pattern, text);
  });
}

bool is_declared_by(const FigureValue& value, const FigureDeclaration& declaration) {
  return matches_any(declaration.figures, value.figure) &&
         (declaration.series.empty() ||
          calibration::matches_glob(declaration.series, value.series)) &&
         (declaration.x.empty() || calibration::matches_glob(declaration.x, value.x)) &&
         matches_any(declaration.keys, value.key);
}

// The points that a value is fitted to: those of the stage that fits it, or the declared ones.
class DeterminingPoints {
 public:
  DeterminingPoints(const reproduction::ReproductionLibrary& library,
                    const calibration::CalibrationPlan& plan)
      : plan_(plan), points_(calibration::points_with_reference(library)) {}

  void find(ListedParameter& parameter) const {
    const calibration::CalibrationStage* stage = stage_of(parameter.values.front());
    std::set<std::string> figures;
    for (const calibration::CalibrationPoint& point : points_) {
      const bool counts = stage != nullptr ? stage->fits(point.name)
                                           : is_declared(parameter.declaration, point.name);
      if (!counts) continue;
      ++parameter.points;
      if (figures.insert(point.name.figure).second) parameter.figures.push_back(point.name.figure);
    }
  }

 private:
  const calibration::CalibrationStage* stage_of(const PresetValue& value) const {
    for (const calibration::CalibrationStage& stage : plan_.stages)
      for (const calibration::FreeParameter& parameter : stage.parameters)
        for (const calibration::PresetPlace& place : parameter.places)
          if (place.preset_text() == value.preset && place.key_text() == value.key) return &stage;
    return nullptr;
  }
  static bool is_declared(const Declaration* declaration, const calibration::PointName& point) {
    return declaration != nullptr &&
           std::any_of(
               declaration->points.begin(), declaration->points.end(),
               [&](const calibration::PointPattern& pattern) { return pattern.matches(point); });
  }

  const calibration::CalibrationPlan& plan_;
  std::vector<calibration::CalibrationPoint> points_;
};

void add_value(std::vector<ListedParameter>& list, const Declaration* declaration,
               PresetValue value) {
  for (ListedParameter& row : list) {
    const PresetValue& first = row.values.front();
    if (row.declaration != declaration || first.text != value.text ||
        first.status != value.status || (declaration == nullptr && first.key != value.key))
      continue;
    row.values.push_back(std::move(value));
    return;
  }
  const bool outside = declaration != nullptr && is_outside(value, *declaration);
  list.push_back({declaration, {std::move(value)}, outside, 0, {}});
}

void add_choice(std::vector<ListedChoice>& list, const FigureDeclaration* declaration,
                FigureValue value) {
  for (ListedChoice& row : list) {
    const FigureValue& first = row.values.front();
    if (row.declaration != declaration || first.text != value.text || first.key != value.key)
      continue;
    row.values.push_back(std::move(value));
    return;
  }
  list.push_back({declaration, {std::move(value)}});
}

}  // namespace

std::string ListedParameter::name() const {
  const PresetValue& first = values.front();
  const std::string name = first.preset + " " + first.key;
  return values.size() == 1 ? name : fmt::format("{}, and {} more", name, values.size() - 1);
}

std::vector<std::string> ListedChoice::figures() const {
  std::vector<std::string> figures;
  for (const FigureValue& value : values)
    if (figures.empty() || figures.back() != value.figure) figures.push_back(value.figure);
  return figures;
}

ParameterList list_parameters(const Declarations& declarations,
                              const reproduction::ReproductionLibrary& library,
                              const calibration::CalibrationPlan& plan,
                              std::span<const parameters::Preset> presets) {
  ParameterList list;
  std::set<const void*> used;
  for (PresetValue& value : preset_values(library, presets)) {
    const Declaration* declaration = first_that(
        declarations.parameters,
        [&](const Declaration& declared) { return declared.is_of(value.preset, value.key); });
    used.insert(declaration);
    add_value(list.parameters, declaration, std::move(value));
  }
  for (FigureValue& value : figure_values(library)) {
    const FigureDeclaration* declaration = first_that(
        declarations.figures,
        [&](const FigureDeclaration& declared) { return is_declared_by(value, declared); });
    used.insert(declaration);
    if (declaration != nullptr && declaration->status == Status::stated) continue;
    add_choice(list.choices, declaration, std::move(value));
  }
  const DeterminingPoints points(library, plan);
  for (ListedParameter& parameter : list.parameters) points.find(parameter);
  for (const Declaration& declaration : declarations.parameters)
    if (!used.contains(&declaration))
      list.unused.push_back(
          fmt::format("{} (line {})", declaration.keys.front(), declaration.origin.line));
  for (const FigureDeclaration& declaration : declarations.figures)
    if (!used.contains(&declaration))
      list.unused.push_back(fmt::format("{} of {} (line {})", declaration.keys.front(),
                                        declaration.figures.front(), declaration.origin.line));
  return list;
}

}  // namespace wukong::declared

#include "bench/reproduction/library.h"

#include <algorithm>

#include "bench/parameters/parameter_yaml.h"

namespace wukong::reproduction {
namespace {

constexpr std::string_view kFigures = "figures.json";
constexpr std::string_view kOutside = "outside.json";
constexpr std::string_view kFunctionService = "faas.json";
constexpr std::string_view kFunctionServiceSet = "faas";
constexpr std::string_view kHeadlinesFile = "headlines.yaml";
constexpr std::string_view kCalibration = "calibration.yaml";
constexpr std::string_view kBounds = "bounds.yaml";
constexpr std::string_view kDescription = ".yaml";

// Figures of other work than the papers'.
void add_outside(std::vector<ReferenceFigure>& figures, std::vector<ReferenceFigure> others,
                 std::string_view set) {
  for (ReferenceFigure& figure : others) {
    figure.is_outside = true;
    figure.set = set;
    figures.push_back(std::move(figure));
  }
}

std::vector<std::string> names_of(const std::vector<ReferenceFigure>& figures) {
  std::vector<std::string> names;
  for (const ReferenceFigure& figure : figures) names.push_back(figure.name);
  return names;
}

}  // namespace

ReproductionLibrary::ReproductionLibrary(std::span<const LibraryFile> files,
                                         const std::string& folder)
    : folder_(folder) {
  std::vector<ReferenceFigure> outside, function_service;
  for (const LibraryFile& file : files) {
    const std::string path = folder + "/" + std::string(file.name);
    if (file.name == kFigures) {
      figures_ = parse_reference_figures(std::string(file.text), path);
      continue;
    }
    if (file.name == kOutside) {
      outside = parse_reference_figures(std::string(file.text), path);
      continue;
    }
    if (file.name == kFunctionService) {
      function_service = parse_reference_figures(std::string(file.text), path);
      continue;
    }
    const parameters::ParameterTree tree = parameters::parse_yaml(
        std::string(file.text), parameters::Origin{parameters::Origin::Kind::file, path, 0});
    if (!tree.is_map()) throw Error({path, 0, ""}, "a map", tree.describe());
    if (file.name == kHeadlinesFile)
      headlines_ = tree;
    else if (file.name == kCalibration)
      calibration_ = tree;
    else if (file.name == kBounds)
      bounds_ = tree;
    else
      descriptions_.push_back(
          {std::string(file.name.substr(0, file.name.size() - kDescription.size())), tree});
  }
  if (figures_.empty()) throw Error({folder, 0, ""}, "the papers' figures in figures.json", "none");
  add_outside(figures_, std::move(outside), "");
  add_outside(figures_, std::move(function_service), kFunctionServiceSet);
  const std::vector<std::string> known = names_of(figures_);
  for (const parameters::ParameterEntry& entry : descriptions_)
    if (std::find(known.begin(), known.end(), entry.key) == known.end())
      throw Error(entry.value.origin.place(""), "the name of a figure of figures.json",
                  "\"" + entry.key + "\"" + did_you_mean(entry.key, known));
}

const parameters::ParameterTree* ReproductionLibrary::description(const std::string& figure) const {
  for (const parameters::ParameterEntry& entry : descriptions_)
    if (entry.key == figure) return &entry.value;
  return nullptr;
}

std::vector<const ReferenceFigure*> ReproductionLibrary::select(
    const std::vector<std::string>& names) const {
  const std::vector<std::string> known = names_of(figures_);
  const auto is_named = [&names](const std::string& name) {
    return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const std::string& name : names) {
    if (std::any_of(figures_.begin(), figures_.end(),
                    [&name](const ReferenceFigure& figure) { return figure.set == name; }))
      continue;
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw Error({}, "a figure (wukong reproduce --list shows them)",
                  "\"" + name + "\"" + did_you_mean(name, known));
    if (description(name) == nullptr)
      throw Error({folder_ + "/" + name + std::string(kDescription), 0, ""},
                  "a description of the figure", "no such file");
  }
  std::vector<const ReferenceFigure*> selected;
  for (const ReferenceFigure& figure : figures_) {
    const bool wanted = names.empty() ? figure.set.empty() : is_named(figure.set);
    if (is_named(figure.name) || (wanted && description(figure.name) != nullptr))
      selected.push_back(&figure);
  }
  return selected;
}

}  // namespace wukong::reproduction

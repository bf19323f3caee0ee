#include "bench/reproduction/headline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/parameters/parameter_reader.h"
#include "bench/reproduction/formula.h"

namespace wukong::reproduction {
namespace {

constexpr std::string_view kTopLevelKeys[] = {"headlines"};

struct HeadlineText {
  std::string claim;
  std::string unit;
  bool has_paper = false;
  double paper = 0;

  void visit(FieldVisitor& v) {
    v.field("claim", claim);
    v.field("unit", unit);
    has_paper = v.present("paper", has_paper);
    if (has_paper) v.field("paper", paper, {-1e18, 1e18});
  }
};

// What describes the claim, and what is left: the formula.
HeadlineText read_text(const parameters::ParameterTree& written,
                       parameters::ParameterTree& formula) {
  parameters::ParameterTree texts = parameters::ParameterTree::make_map(written.origin);
  formula = parameters::ParameterTree::make_map(written.origin);
  for (const parameters::ParameterEntry& entry : written.entries) {
    const bool of_text = entry.key == "claim" || entry.key == "unit" || entry.key == "paper";
    (of_text ? texts : formula).put(entry.key, entry.value);
  }
  HeadlineText text;
  parameters::ParameterReader reader(texts, {"headlines"});
  reader.read(text);
  return text;
}

FormulaValue value_at(const std::vector<FigureResult>& figures, const FormulaPoint& point) {
  const auto figure =
      std::find_if(figures.begin(), figures.end(), [&](const FigureResult& candidate) {
        return candidate.reference->name == point.figure->name;
      });
  if (figure == figures.end()) return {FormulaValue::Kind::unknown, 0, ""};
  const PointResult& result = figure->at(point.series, point.x);
  if (result.fails) return {FormulaValue::Kind::fails, 0, ""};
  if (point.metric == nullptr) return {FormulaValue::Kind::number, result.simulated.mean, ""};
  std::vector<double> values;
  for (const run::RunResult& run : result.runs)
    if (run.completed) values.push_back(point.metric->of(run));
  return {FormulaValue::Kind::number, result::summarise(values).mean, ""};
}

}  // namespace

std::vector<Claim> read_claims(const ReproductionLibrary& library) {
  std::vector<Claim> claims;
  const parameters::ParameterTree& file = library.headlines();
  for (const parameters::ParameterEntry& entry : file.entries)
    if (entry.key != "headlines")
      throw Error(entry.value.origin.place(entry.key),
                  "unknown key" + did_you_mean(entry.key, kTopLevelKeys));
  const parameters::ParameterTree* list = file.find("headlines");
  if (list == nullptr) return claims;
  if (!list->is_list())
    throw Error(list->origin.place("headlines"), "a list of claims", list->describe());
  for (const parameters::ParameterTree& written : list->items) {
    if (!written.is_map())
      throw Error(written.origin.place("headlines"), "a map (claim, paper, unit, formula)",
                  written.describe());
    Claim claim;
    const HeadlineText text = read_text(written, claim.formula);
    claim.claim = text.claim;
    claim.unit = text.unit;
    if (text.has_paper) claim.paper = text.paper;
    claims.push_back(std::move(claim));
  }
  return claims;
}

std::vector<Headline> evaluate_headlines(const ReproductionLibrary& library,
                                         const std::vector<FigureResult>& figures) {
  std::vector<Headline> headlines;
  for (Claim& claim : read_claims(library)) {
    const FormulaValue value =
        evaluate_formula(claim.formula, library,
                         [&](const FormulaPoint& point) { return value_at(figures, point); });
    if (value.kind == FormulaValue::Kind::unknown) continue;
    headlines.push_back({std::move(claim.claim), std::move(claim.unit), claim.paper, value.text,
                         value.kind == FormulaValue::Kind::fails, value.number});
  }
  return headlines;
}

}  // namespace wukong::reproduction

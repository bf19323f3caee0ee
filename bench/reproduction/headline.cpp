#include "bench/reproduction/headline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/parameter_reader.h"
#include "bench/reproduction/formula.h"

namespace wukong::bench {
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
HeadlineText read_text(const ParameterTree& written, ParameterTree& formula) {
  ParameterTree texts = ParameterTree::make_map(written.origin);
  formula = ParameterTree::make_map(written.origin);
  for (const ParameterEntry& entry : written.entries) {
    const bool of_text = entry.key == "claim" || entry.key == "unit" || entry.key == "paper";
    (of_text ? texts : formula).put(entry.key, entry.value);
  }
  HeadlineText text;
  ParameterReader reader(texts, {"headlines"});
  reader.read(text);
  return text;
}

}  // namespace

std::vector<Headline> evaluate_headlines(const ReproductionLibrary& library,
                                         const std::vector<FigureResult>& figures) {
  std::vector<Headline> headlines;
  const ParameterTree& file = library.headlines();
  for (const ParameterEntry& entry : file.entries)
    if (entry.key != "headlines")
      throw Error(entry.value.origin.place(entry.key),
                  "unknown key" + did_you_mean(entry.key, kTopLevelKeys));
  const ParameterTree* list = file.find("headlines");
  if (list == nullptr) return headlines;
  if (!list->is_list())
    throw Error(list->origin.place("headlines"), "a list of claims", list->describe());
  for (const ParameterTree& written : list->items) {
    if (!written.is_map())
      throw Error(written.origin.place("headlines"), "a map (claim, paper, unit, formula)",
                  written.describe());
    ParameterTree formula;
    const HeadlineText text = read_text(written, formula);
    const FormulaValue value = evaluate_formula(formula, library, figures);
    if (value.kind == FormulaValue::Kind::unknown) continue;
    Headline headline{
        text.claim,  text.unit, std::nullopt, value.text, value.kind == FormulaValue::Kind::fails,
        value.number};
    if (text.has_paper) headline.paper = text.paper;
    headlines.push_back(std::move(headline));
  }
  return headlines;
}

}  // namespace wukong::bench

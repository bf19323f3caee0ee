#include "bench/reproduction/formula.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace wukong::reproduction {
namespace {

using Kind = FormulaValue::Kind;

constexpr std::string_view kOperators[] = {"point", "ratio", "reduction_percent", "least", "most"};
constexpr int kMostLevels = 8;

class Evaluator {
 public:
  Evaluator(const ReproductionLibrary& library, const PointValues& values)
      : library_(library), values_(values) {}

  FormulaValue evaluate(const parameters::ParameterTree& formula, int level) const {
    const ErrorPlace place = formula.origin.place("headlines");
    if (level > kMostLevels) throw Error(place, "a formula of at most 8 levels", "more");
    if (formula.is_list()) return point(formula);
    if (!formula.is_map() || formula.entries.size() != 1)
      throw Error(
          place, fmt::format("one formula ({})", fmt::join(kOperators, ", ")),
          formula.is_map() ? fmt::format("{} keys", formula.entries.size()) : formula.describe());
    const auto& [name, written] = formula.entries.front();
    if (std::find(std::begin(kOperators), std::end(kOperators), name) == std::end(kOperators))
      throw Error(place, fmt::format("a formula ({})", fmt::join(kOperators, ", ")),
                  "\"" + name + "\"" + did_you_mean(name, kOperators));
    if (name == "point") return evaluate(written, level + 1);
    std::vector<FormulaValue> operands;
    for (const parameters::ParameterTree& item : written.items)
      operands.push_back(evaluate(item, level + 1));
    if (name == "least" || name == "most") return extreme(name, operands, place);
    if (operands.size() != 2)
      throw Error(place, fmt::format("two operands of {}", name), std::to_string(operands.size()));
    return fraction(name, operands[0], operands[1]);
  }

 private:
  // Of those that do not fail; one that is unknown makes the whole unknown.
  static FormulaValue extreme(const std::string& name, const std::vector<FormulaValue>& operands,
                              const ErrorPlace& place) {
    if (operands.empty()) throw Error(place, fmt::format("operands of {}", name), "none");
    FormulaValue value{Kind::fails, 0, name + "("};
    for (const FormulaValue& operand : operands) {
      value.text += (&operand == &operands.front() ? "" : ", ") + operand.text;
      if (operand.kind == Kind::fails) continue;
      const bool is_first = value.kind == Kind::fails;
      const bool is_better =
          name == "least" ? operand.number < value.number : operand.number > value.number;
      if (is_first || is_better) value.number = operand.number;
      if (is_first || operand.kind == Kind::unknown) value.kind = operand.kind;
    }
    value.text += ")";
    return value;
  }

  static FormulaValue fraction(const std::string& name, const FormulaValue& a,
                               const FormulaValue& b) {
    // One that is unknown makes the whole unknown; else one that fails makes it fail.
    FormulaValue value{std::max(a.kind, b.kind), 0, ""};
    const bool reduction = name == "reduction_percent";
    value.text = reduction ? fmt::format("100 (1 - {} / {})", b.text, a.text)
                           : fmt::format("{} / {}", a.text, b.text);
    const FormulaValue& below = reduction ? a : b;
    if (value.kind != Kind::number) return value;
    // Nothing to compare with is no comparison.
    if (below.number == 0)
      value.kind = Kind::fails;
    else
      value.number = reduction ? 100 * (1 - b.number / a.number) : a.number / b.number;
    return value;
  }

  // [figure, series, x] or [figure, series, x, metric]
  FormulaValue point(const parameters::ParameterTree& written) const {
    std::vector<std::string> names;
    for (const parameters::ParameterTree& item : written.items) names.push_back(item.text);
    const ErrorPlace place = written.origin.place("headlines");
    if (names.size() != 3 && names.size() != 4)
      throw Error(place, "a point [figure, series, x] or [figure, series, x, metric]",
                  fmt::format("{} names", names.size()));
    const auto& all = library_.figures();
    std::vector<std::string> known;
    for (const ReferenceFigure& figure : all) known.push_back(figure.name);
    const ReferenceFigure& reference = all[position(names[0], known, "a figure", place)];
    known.clear();
    for (const ReferenceSeries& series : reference.series) known.push_back(series.name);
    const size_t series = position(names[1], known, "a series of " + reference.name, place);
    known.clear();
    for (const PlottedX& x : reference.x) known.push_back(x.text);
    const size_t x = position(names[2], known, "an x of " + reference.name, place);
    const result::Metric* metric =
        names.size() == 4 ? &result::find_metric(written.items[3], "headlines") : nullptr;
    FormulaValue value = values_({&reference, series, x, metric});
    value.text = fmt::format("{}", fmt::join(names, " "));
    return value;
  }

  static size_t position(const std::string& name, const std::vector<std::string>& known,
                         const std::string& what, const ErrorPlace& place) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found != known.end()) return static_cast<size_t>(found - known.begin());
    throw Error(place, what, "\"" + name + "\"" + did_you_mean(name, known));
  }

  const ReproductionLibrary& library_;
  const PointValues& values_;
};

}  // namespace

FormulaValue evaluate_formula(const parameters::ParameterTree& formula,
                              const ReproductionLibrary& library, const PointValues& values) {
  return Evaluator(library, values).evaluate(formula, 0);
}

}  // namespace wukong::reproduction

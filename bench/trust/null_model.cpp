#include "bench/trust/null_model.h"

#include <cstdlib>

#include "sim/base/portable_math.h"

namespace wukong::trust {
namespace {

struct Neighbour {
  double position;
  double value;
};

}  // namespace

std::optional<double> position_on_axis(const reproduction::PlottedX& x) {
  if (x.number) return x.number;
  char* end = nullptr;
  const double number = std::strtod(x.text.c_str(), &end);
  if (end == x.text.c_str()) return std::nullopt;
  const std::string unit = end;
  if (unit.empty()) return number;
  if (unit == "k") return 1e3 * number;
  if (unit == "M") return 1e6 * number;
  return std::nullopt;
}

std::optional<double> interpolated(const reproduction::ReferenceFigure& figure, size_t series,
                                   size_t x) {
  const std::optional<double> position = position_on_axis(figure.x[x]);
  if (!position || *position <= 0) return std::nullopt;
  std::optional<Neighbour> below, above;
  for (size_t i = 0; i < figure.x.size(); ++i) {
    const reproduction::ReferenceValue& value = figure.series[series].values[i];
    const std::optional<double> at = position_on_axis(figure.x[i]);
    if (i == x || !value.is_number() || value.number <= 0 || !at || *at <= 0) continue;
    if (*at < *position && (!below || *at > below->position)) below = {*at, value.number};
    if (*at > *position && (!above || *at < above->position)) above = {*at, value.number};
  }
  if (!below || !above) return std::nullopt;
  const double share =
      portable_log(*position / below->position) / portable_log(above->position / below->position);
  return below->value * portable_exp(share * portable_log(above->value / below->value));
}

}  // namespace wukong::trust

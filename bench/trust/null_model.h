// The model that knows nothing: between two given points of a series the straight line, in
// logarithms of both axes. A simulator that is not better than it has explained nothing.
#pragma once

#include <optional>

#include "bench/reproduction/reference_figure.h"

namespace wukong::trust {

// A number, or a text such as 32.7k or 4.1M; none: a name.
std::optional<double> position_on_axis(const reproduction::PlottedX& x);

// What the line through the given points next to it on both sides says of the point, which is not
// looked at itself. None: it is not between two of them, or x is a name or not positive.
std::optional<double> interpolated(const reproduction::ReferenceFigure& figure, size_t series,
                                   size_t x);

}  // namespace wukong::trust

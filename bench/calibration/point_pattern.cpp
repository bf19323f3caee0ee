#include "bench/calibration/point_pattern.h"

#include "sim/base/error.h"

namespace wukong::calibration {

bool matches_glob(std::string_view pattern, std::string_view text) {
  size_t p = 0, t = 0;
  // Where the last * stands, and how much of the text it has taken so far.
  size_t star = std::string_view::npos, taken = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p, ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool PointPattern::matches(const PointName& point) const {
  return matches_glob(figure, point.figure) && matches_glob(series, point.series) &&
         matches_glob(x, point.x);
}

PointPattern parse_point_pattern(const parameters::ParameterTree& written,
                                 const std::string& path) {
  const size_t first = written.text.find(' ');
  const bool has_parts = written.is_scalar() && first != std::string::npos && first > 0 &&
                         first + 1 < written.text.size();
  if (!has_parts)
    throw Error(written.origin.place(path),
                "\"FIGURE SERIES\" or \"FIGURE SERIES X\", such as \"socc20-13 wukong*\"",
                written.describe());
  PointPattern pattern;
  pattern.origin = written.origin;
  pattern.text = written.text;
  pattern.figure = written.text.substr(0, first);
  const size_t second = written.text.find(' ', first + 1);
  pattern.series = written.text.substr(first + 1, second - first - 1);
  if (second != std::string::npos) pattern.x = written.text.substr(second + 1);
  return pattern;
}

}  // namespace wukong::calibration

// Which points of the papers' figures a stage fits: "FIGURE SERIES" or "FIGURE SERIES X", each part
// with * for any text and ? for any character, e.g. "socc20-13 wukong*".
#pragma once

#include <string>
#include <string_view>

#include "bench/parameter_tree.h"

namespace wukong::bench {

// The whole of `text`; case matters.
bool matches_glob(std::string_view pattern, std::string_view text);

struct PointName {
  std::string figure;
  std::string series;
  std::string x;

  std::string text() const { return figure + " " + series + " " + x; }
};

struct PointPattern {
  std::string figure;
  std::string series;
  std::string x = "*";
  Origin origin;
  std::string text;  // as it was written

  bool matches(const PointName& point) const;
};

// Throws Error at `path` if it is not of the form above.
PointPattern parse_point_pattern(const ParameterTree& written, const std::string& path);

}  // namespace wukong::bench

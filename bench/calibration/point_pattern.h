// Which points of the papers' figures a stage fits: "FIGURE SERIES" or "FIGURE SERIES X", each part
// with * for any text and ? for any character, e.g. "socc20-13 wukong*".
#pragma once

#include <string>
#include <string_view>

#include "bench/parameters/parameter_tree.h"

namespace wukong::calibration {

// The whole of `text`; case matters.
bool matches_glob(std::string_view pattern, std::string_view text);

struct PointName {
  std::string figure;
  std::string series;
  std::string x;

  std::string text() const { return figure + " " + series + " " + x; }
  friend bool operator==(const PointName&, const PointName&) = default;
};

struct PointPattern {
  std::string figure;
  std::string series;
  std::string x = "*";
  parameters::Origin origin;
  std::string text;  // as it was written

  bool matches(const PointName& point) const;
};

// Which of the papers' claims, e.g. "TSQR 4.0M rows*": the whole of its text, with the same * and
// ?.
struct ClaimPattern {
  parameters::Origin origin;
  std::string text;

  bool matches(std::string_view claim) const { return matches_glob(text, claim); }
};

// Throws Error at `path` if it is not of the form above.
PointPattern parse_point_pattern(const parameters::ParameterTree& written, const std::string& path);

}  // namespace wukong::calibration

// The papers' figures as numbers: what a reproduction is compared with. Read from figures.json,
// schema "wukong.paper-figures/1"; names, order and types stay as they are there.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace wukong::reproduction {

// What the paper says about one point.
struct ReferenceValue {
  enum class Kind {
    number,
    fails,       // the system did not finish in the paper
    below_axis,  // too small to be read
    not_given,
  };
  Kind kind = Kind::not_given;
  double number = 0;

  bool is_number() const { return kind == Kind::number; }
  bool is_failure() const { return kind == Kind::fails; }
};

// A value of the x axis: a name, or a number.
struct PlottedX {
  std::string text;
  std::optional<double> number;
  bool whole = false;  // the number was written without a fraction
};

struct ReferenceSeries {
  std::string name;
  std::vector<ReferenceValue> values;  // one for each x
};

struct ReferenceFigure {
  std::string name;  // e.g. socc20-14
  std::string title;
  std::string unit;
  std::string x_name;
  std::vector<PlottedX> x;
  std::vector<ReferenceSeries> series;
  std::string note;
  bool is_outside = false;  // of other work than these papers: nothing is fitted to it
  std::string set;          // not empty: it runs only where it or the set is named
};

// Throws Error that names `file` and the key, e.g. figures.socc20-14.series.wukong.
std::vector<ReferenceFigure> parse_reference_figures(const std::string& text,
                                                     const std::string& file);

}  // namespace wukong::reproduction

// What configs/reproduction/bounds.yaml declares: the range that the literature leaves to each
// value of the presets that is fitted, assumed or chosen, and what the figures' own files set.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/calibration/point_pattern.h"
#include "bench/parameters/parameter_tree.h"

namespace wukong::declared {

enum class Status { fitted, assumed, chosen, stated };
std::string_view status_name(Status status);

// Of values in presets. Numbers have bounds, inclusive; what is no number is one of a few.
struct Declaration {
  std::vector<std::string> presets;  // KIND/NAME, with * for any text
  std::vector<std::string> keys;     // with * too
  std::string unit;
  std::optional<double> from;
  std::optional<double> to;
  std::vector<std::string> one_of;
  std::string source;                             // of the bounds
  std::vector<calibration::PointPattern> points;  // that determine it, if no stage fits it
  parameters::Origin origin;

  bool is_of(std::string_view preset, std::string_view key) const;
  // "as in aws-2020" is none of these; "assumed:" begins a source that is our own judgement.
  bool is_judgement() const { return source.starts_with("assumed:"); }
};

// Of values that a figure's file sets for the figure, a series or an x.
struct FigureDeclaration {
  std::vector<std::string> figures;
  std::string series;  // empty: whether a series sets it or not
  std::string x;
  std::vector<std::string> keys;
  Status status = Status::stated;
  std::string source;
  parameters::Origin origin;
};

struct Declarations {
  std::vector<Declaration> parameters;  // the first that fits a value counts
  std::vector<FigureDeclaration> figures;
};

// Throws Error placed in the file.
Declarations make_declarations(const parameters::ParameterTree& tree);

}  // namespace wukong::declared

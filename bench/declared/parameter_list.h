// Every value that is fitted, assumed or chosen, beside the bounds that are declared for it and the
// points of the papers that determine it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "bench/calibration/plan.h"
#include "bench/declared/undocumented_values.h"

namespace wukong::declared {

// Values of presets that are equal and have one declaration: one row of the list.
struct ListedParameter {
  const Declaration* declaration;  // null: nothing is declared
  std::vector<PresetValue> values;
  bool is_outside = false;           // of its bounds
  size_t points = 0;                 // of the papers, that it is fitted to
  std::vector<std::string> figures;  // of those points

  // "system/dask-125 assign_time_us", and how many more there are.
  std::string name() const;
};

// Values of figures' files that are equal and have one declaration.
struct ListedChoice {
  const FigureDeclaration* declaration;  // null: nothing is declared
  std::vector<FigureValue> values;

  std::vector<std::string> figures() const;
};

struct ParameterList {
  std::vector<ListedParameter> parameters;
  std::vector<ListedChoice> choices;  // all but what is stated
  // Declarations that are of no value: what they are of, and where they stand.
  std::vector<std::string> unused;
};

// The declarations must outlive the list.
ParameterList list_parameters(const Declarations& declarations,
                              const reproduction::ReproductionLibrary& library,
                              const calibration::CalibrationPlan& plan,
                              std::span<const parameters::Preset> presets);

}  // namespace wukong::declared

// The values of presets and of figures' files that no measurement, document or original source
// states: what a reader has to know before trusting a figure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/declared/declarations.h"
#include "bench/parameters/preset_library.h"
#include "bench/reproduction/library.h"

namespace wukong::declared {

// A value in a preset's own text whose source says that it is fitted, assumed or chosen.
struct PresetValue {
  std::string preset;  // KIND/NAME
  std::string key;
  std::string text;             // a list: from its least to its greatest
  std::vector<double> numbers;  // empty: it is none
  Status status;
  std::string source;
};

// Of the presets that the figures use, with those that they are laid over; in the order of the
// presets, and then of their files.
std::vector<PresetValue> preset_values(const reproduction::ReproductionLibrary& library,
                                       std::span<const parameters::Preset> presets);

// A value that a figure's file sets.
struct FigureValue {
  std::string figure;
  std::string series;  // empty: of the figure or of an x
  std::string x;       // empty: of the figure or of a series
  std::string key;
  std::string text;
};
std::vector<FigureValue> figure_values(const reproduction::ReproductionLibrary& library);

// What a value's documentation calls it; none: it has a source.
std::optional<Status> status_of(const std::string& source);

}  // namespace wukong::declared

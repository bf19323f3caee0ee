// All presets with some values changed: what a calibration tries, and what it writes. A copy is an
// edition of its own.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "bench/calibration/plan.h"
#include "bench/calibration/preset_text.h"
#include "bench/parameters/preset_library.h"

namespace wukong::calibration {

class PresetEdition {
 public:
  // As embedded into the program; errors name the preset.
  explicit PresetEdition(std::span<const parameters::Preset> presets);
  // The files FOLDER/KIND/NAME.yaml; errors name the file. Throws Error if there is none.
  static PresetEdition read(const std::string& folder);

  // The parameter's value, the same in all of its places. Throws Error if a preset or a key is
  // unknown, if the value is no number or not within the bounds, or if the places differ.
  double value(const FreeParameter& parameter) const;
  void set_value(const FreeParameter& parameter, double value);
  void set_source(const FreeParameter& parameter, const std::string& source);

  // As PresetLibrary takes them; they point into this edition and hold until it changes.
  std::vector<parameters::Preset> presets() const;
  // The files whose text is another than in `folder` are written. Gives their paths.
  std::vector<std::string> write(const std::string& folder) const;

 private:
  PresetEdition() = default;
  const PresetText& text(const PresetPlace& place) const;
  PresetText& text(const PresetPlace& place);

  struct File {
    std::string kind;
    std::string name;
    PresetText text;
  };
  std::vector<File> files_;  // by kind, then name
};

}  // namespace wukong::calibration

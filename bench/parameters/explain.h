// Parameters as tables: every value with its unit, where it was written, and what documents it.
#pragma once

#include <span>
#include <string>

#include "bench/parameters/effective_parameter.h"
#include "bench/parameters/preset_library.h"

namespace wukong::bench {

// For --explain: one line per parameter, under a heading per section.
std::string explain(std::span<const EffectiveParameter> parameters);

// For `wukong presets`: the names by kind.
std::string list_presets(const PresetLibrary& presets);
// For `wukong presets NAME`; `name` may be given as kind/name where two kinds share it. Throws
// Error if there is none.
std::string show_preset(const PresetLibrary& presets, const std::string& name);

}  // namespace wukong::bench

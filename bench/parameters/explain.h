// Parameters as tables: every value with its unit, where it was written, and what documents it.
#pragma once

#include <span>
#include <string>

#include "bench/parameters/effective_parameter.h"
#include "bench/parameters/preset_library.h"
#include "bench/text/output_width.h"

namespace wukong::parameters {

// For --explain: a table with a line for each parameter, if that fits; else a list, in which an
// origin stands once above all that have it one after another, and a source below its parameter.
std::string explain(std::span<const EffectiveParameter> parameters,
                    size_t width = text::kUsualWidth);

// For `wukong presets`: the names by kind.
std::string list_presets(const PresetLibrary& presets, size_t width = text::kUsualWidth);
// For `wukong presets NAME`; `name` may be given as kind/name where two kinds share it. Throws
// Error if there is none.
std::string show_preset(const PresetLibrary& presets, const std::string& name,
                        size_t width = text::kUsualWidth);

}  // namespace wukong::parameters

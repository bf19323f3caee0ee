// The generator's options from the program's preset, for tests.
#pragma once

#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/preset_library.h"
#include "workloads/trace_generator/generator_options.h"

namespace wukong::test {

inline trace_generator::GeneratorOptions azure_2019(int64_t apps, double hours) {
  const parameters::PresetLibrary library(parameters::embedded_presets());
  const parameters::ParameterTree tree = library.load("trace", "azure-2019", {});
  trace_generator::GeneratorOptions options;
  options.apps = apps;
  options.hours = hours;
  parameters::ParameterReader reader(tree, {"synthetic"}, parameters::MissingKey::keeps_default);
  reader.read(options);
  return options;
}

}  // namespace wukong::test

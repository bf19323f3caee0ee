// Platforms and systems from the presets alone, without an experiment: for tests, examples and
// whoever brings a DAG of their own. The texts are what an experiment's file says of them:
//
//   preset_store("redis-1")
//   preset_platform("aws-2020")   preset_platform("{preset: aws-2020, functions: {memory_mb:
//   1024}}") preset_system("wukong")       preset_system("{wukong: {proxy_threshold: 3}}")
//
// Errors are those of such a file.
#pragma once

#include <string>

#include "bench/experiment/experiment.h"
#include "sim/storage/storage_spec.h"

namespace wukong::experiment {

platform::PlatformSpec preset_platform(const std::string& text);
SystemSetup preset_system(const std::string& text);
storage::StoreSpec preset_store(const std::string& text);

}  // namespace wukong::experiment

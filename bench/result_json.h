// The result document, schema "wukong.result/1". A program reads it: keys do not change their
// meaning, new ones may come. It holds no time of day, so the same experiment gives the same bytes.
#pragma once

#include <span>
#include <string>

#include "bench/experiment.h"
#include "bench/run.h"

namespace wukong::bench {

std::string result_document(const Experiment& experiment, std::span<const RunResult> results);

}  // namespace wukong::bench

// Finds the axes that are written in place, where a single value would stand:
//   workload: {tsqr: {rows: [1048576, 4194304]}}
//   platform: {preset: aws-2020, functions: {memory_mb: {from: 512, to: 2048, powers_of: 2}}}
//   workload: [{tsqr: {rows: 1048576}}, {gemm: {n: 10000}}]
// A parameter that is a list of numbers by itself is no axis; a list of lists there is one.
#pragma once

#include <vector>

#include "bench/sweep/axis.h"

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::sweep {

// In the order of the file. Each is taken out of `experiment`, with its key.
std::vector<Axis> take_in_place_axes(parameters::ParameterTree& experiment,
                                     const experiment::Catalog& catalog);

}  // namespace wukong::sweep

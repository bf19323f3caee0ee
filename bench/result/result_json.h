// The result document, schema "wukong.result/1". A program reads it: keys do not change their
// meaning, new ones may come. It holds no time of day, so the same experiment gives the same bytes.
#pragma once

#include <span>
#include <string>

namespace wukong::experiment {
struct Experiment;
}  // namespace wukong::experiment

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::result {

std::string result_document(const experiment::Experiment& experiment,
                            std::span<const run::RunResult> results);

}  // namespace wukong::result

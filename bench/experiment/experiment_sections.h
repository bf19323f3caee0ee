// What an experiment's file may hold at its top.
#pragma once

namespace wukong::parameters {
struct ParameterTree;
}  // namespace wukong::parameters

namespace wukong::experiment {

// Throws Error, placed in the file, if it is another kind of document, or has a section that no
// experiment has.
void check_sections(const parameters::ParameterTree& tree);

}  // namespace wukong::experiment

// The five lines that docs/fidelity.md begins with, for a reader who quotes no more.
#pragma once

#include <string>
#include <string_view>

#include "bench/fidelity_commands/reproduction_trust.h"
#include "bench/reproduction/accuracy.h"

namespace wukong::fidelity_commands {

// The block of docs/fidelity.md that has them.
inline constexpr std::string_view kQuotableBlock = "wukong reproduce --fidelity, five lines";

// A list in Markdown. What was not measured says so, with the command that does.
std::string quotable_lines(const reproduction::ReproductionLibrary& library,
                           const reproduction::Accuracy& accuracy, const TrustResults& trust);

}  // namespace wukong::fidelity_commands

// What `wukong reproduce` adds when it is asked how far its figures can be trusted: intervals,
// sensitivities, and the table of a cross-validation that was made before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/reproduction/interval.h"
#include "bench/reproduction/library.h"
#include "bench/reproduction/reproduction.h"
#include "bench/trust/cross_validation.h"
#include "bench/trust/sensitivity.h"

namespace wukong::command_line {
class Command;
class Flag;
}  // namespace wukong::command_line

namespace wukong::fidelity_commands {

struct TrustFlags {
  bool intervals = false;
  size_t members = 50;
  double slack = 0.15;
  bool sensitivity = false;
  std::string cross_validation;  // the document; empty: none
};

struct TrustResults {
  std::optional<reproduction::Intervals> intervals;
  std::optional<trust::Sensitivity> sensitivity;
  std::optional<trust::CrossValidation> cross_validation;
  bool is_cross_validation_current = true;  // of this program and its presets

  const reproduction::Intervals* intervals_or_null() const {
    return intervals ? &*intervals : nullptr;
  }
  // Sections of the page.
  std::string html() const;
  std::string text() const;
};

// The flags that are added.
std::vector<command_line::Flag> add_reproduction_trust_flags(command_line::Command command,
                                                             TrustFlags& flags);

// The results that were measured before. Throws Error for flags that do not go together, and for a
// document that is none; does no work.
TrustResults read_trust(const TrustFlags& flags, const reproduction::ReproductionOptions& options);

// The work itself: minutes.
void measure_trust(const reproduction::ReproductionLibrary& library, const TrustFlags& flags,
                   const reproduction::ReproductionOptions& options, bool quiet,
                   TrustResults& results);

}  // namespace wukong::fidelity_commands

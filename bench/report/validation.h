// How well simulations predict emulated runs: one table over all experiments, and whether the
// errors are within what is promised.
#pragma once

#include <string>
#include <vector>

namespace wukong::simulation {
struct Prediction;
}  // namespace wukong::simulation

namespace wukong::report {

// What docs/emulator.md promises of the makespan on an idle machine.
constexpr double kMedianErrorAllowed = 0.10;
constexpr double kLargestErrorAllowed = 0.25;

// predicted / measured - 1, of the makespan. REQUIRES: both runs have completed.
double error_of(const simulation::Prediction& prediction);
bool comparable(const simulation::Prediction& prediction);

struct Accuracy {
  size_t runs = 0;  // that can be compared
  double median = 0;
  double largest = 0;

  bool good() const { return median <= kMedianErrorAllowed && largest <= kLargestErrorAllowed; }
};
Accuracy accuracy_of(const std::vector<simulation::Prediction>& predictions);

// The table, why runs cannot be compared, and the accuracy in one line.
std::string validation_report(const std::vector<simulation::Prediction>& predictions);

}  // namespace wukong::report

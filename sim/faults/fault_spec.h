// Which faults a run is given: the `faults:` of an experiment. A kind strikes with its probability
// at each of its opportunities, or at those that are named in `points`.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/faults/fault_kind.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::faults {

struct FaultSpec {
  std::array<double, kFaultKinds> probabilities{};
  std::vector<FaultPoint> points;
  int64_t most = 1'000'000;                       // at most so many faults in one run
  Duration longest_delay = Duration::seconds(2);  // the most that something is slow or late
  // crash_during and machine_death come at most so long after the operation, or the task, has
  // begun.
  Duration crash_within = Duration::milliseconds(500);
  Duration outage = Duration::seconds(5);  // how long a shard answers nobody

  // No fault is asked for. Then a run is made without any of the decorators.
  bool empty() const;
  // Throws Error, keyed faults.points, if their text cannot be read.
  void visit(FieldVisitor& v);
};

// Points from a text such as `crash_before:3 hang:1`, and back. Throws Error.
std::vector<FaultPoint> parse_fault_points(const std::string& text);
std::string describe(const std::vector<FaultPoint>& points);

}  // namespace wukong::faults

// Which faults a run is given: the `faults:` of an experiment. A kind strikes with its probability
// at each of its opportunities, or at those that are named in `points`.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/base/fields.h"
#include "sim/faults/fault_kind.h"

namespace wukong::sim {

struct FaultSpec {
  std::array<double, kFaultKinds> probabilities{};
  std::vector<FaultPoint> points;
  int64_t most = 1'000'000;                             // faults in one run
  Duration longest_delay = Duration::seconds(2);        // of what is slow or late
  Duration crash_within = Duration::milliseconds(500);  // crash_during: after its operation's begin
  Duration outage = Duration::seconds(5);               // of a shard

  // Nothing is asked for: then a run has no trace of this, in any sense.
  bool empty() const;
  // Throws Error, keyed faults.points, if their text cannot be read.
  void visit(FieldVisitor& v);
};

// `crash_before:3 hang:1`. Throws Error.
std::vector<FaultPoint> parse_fault_points(const std::string& text);
std::string describe(const std::vector<FaultPoint>& points);

}  // namespace wukong::sim

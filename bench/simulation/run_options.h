// How one run is made, whatever is run.
#pragma once

#include <cstdint>

#include "bench/run/horizon.h"
#include "sim/base/time.h"

namespace wukong::engine {
class TraceSink;
class WakeSink;
}  // namespace wukong::engine

namespace wukong::faults {
struct FaultSpec;
}  // namespace wukong::faults

namespace wukong::run {
class RunListener;
}  // namespace wukong::run

namespace wukong::run_record {
struct RunRecord;
}  // namespace wukong::run_record

namespace wukong::simulation {

struct RunOptions {
  uint64_t seed = 1;
  Duration horizon = run::kDefaultHorizon;
  const faults::FaultSpec* faults = nullptr;  // null or empty: none
  bool check = false;                         // a broken invariant is a failure
  run_record::RunRecord* record = nullptr;    // is given that of a simulation that is checked
  engine::TraceSink* sink = nullptr;          // hears everything that happens
  run::RunListener* listener = nullptr;       // hears what hosts are busy with
  engine::WakeSink* wakes = nullptr;          // hears who makes whom go on
};

}  // namespace wukong::simulation

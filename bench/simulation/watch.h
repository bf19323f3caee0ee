// Who watches an experiment's runs.
#pragma once

#include <cstddef>
#include <vector>

namespace wukong::engine {
class TraceSink;
class WakeSink;
}  // namespace wukong::engine

namespace wukong::run {
class RunListener;
}  // namespace wukong::run

namespace wukong::simulation {

// Who watches the first replicate of which system; what is null hears nothing.
struct Watch {
  size_t system = 0;
  run::RunListener* listener = nullptr;
  engine::WakeSink* wakes = nullptr;
  engine::TraceSink* records = nullptr;
};
using Watches = std::vector<Watch>;
// Of the run with this number, by system, then by replicate; one that hears nothing if there is
// none.
Watch watch_of(const Watches& watches, size_t run, size_t replicates);

}  // namespace wukong::simulation

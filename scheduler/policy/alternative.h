// Another value of one of a policy's options, which is worth a try where a run's time went into
// something that the option decides.
#pragma once

#include <memory>
#include <string_view>

#include "scheduler/policy/options.h"

namespace wukong::scheduler {

// What the critical path of a run went into.
enum class TimeSink {
  serial_tasks,  // tasks one after another in one executor
  objects,       // objects that are stored and fetched
};

struct Alternative {
  std::unique_ptr<Options> options;
  std::string_view option;  // that differs: its key,
  double before = 0;        // in the key's unit
  double after = 0;
};

}  // namespace wukong::scheduler

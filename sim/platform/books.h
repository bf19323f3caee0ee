// Where a service writes down what it does: the engine, whose trace and spans tell when; the usage,
// which counts; the ledger, which charges. A service keeps a copy; what it refers to outlives the
// service.
#pragma once

#include "sim/engine/engine.h"
#include "sim/platform/ledger.h"
#include "sim/platform/usage.h"

namespace wukong::sim {

struct Books {
  Engine& engine;
  Usage& usage;
  Ledger& ledger;
};

}  // namespace wukong::sim

// Where a service writes down what it does: the engine, whose trace and spans tell when; the usage,
// which counts; the ledger, which charges. A service keeps a copy; what it refers to outlives the
// service.
#pragma once

#include "sim/accounting/execution_limit.h"
#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/engine/engine.h"

namespace wukong::accounting {

struct Books {
  engine::Engine& engine;
  Usage& usage;
  Ledger& ledger;
  ExecutionLimit* executions = nullptr;  // null: there is no limit
};

}  // namespace wukong::accounting

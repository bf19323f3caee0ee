// Where a service writes down what it does: the engine, whose trace and spans tell when; the usage,
// which counts; the ledger, which charges. A service keeps a copy; what it refers to outlives the
// service.
#pragma once

namespace wukong::engine {
class Engine;
}  // namespace wukong::engine

namespace wukong::accounting {

class ExecutionLimit;
class Ledger;
struct Usage;

struct Books {
  engine::Engine& engine;
  Usage& usage;
  Ledger& ledger;
  ExecutionLimit* executions = nullptr;  // null: there is no limit
};

}  // namespace wukong::accounting

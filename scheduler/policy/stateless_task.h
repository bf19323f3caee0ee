// A task as a stateless function runs it: every input is read from the object store, and every
// output is written to it. Shared by the systems whose functions keep nothing.
#pragma once

#include "sim/base/ids.h"
#include "sim/engine/task.h"

namespace wukong::storage {
class ObjectStore;
}  // namespace wukong::storage

namespace wukong::hosts {
struct Host;
}  // namespace wukong::hosts

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::scheduler {

// The tasks that the same function ran just before and will run just after; what passes between
// them stays in its memory.
struct SameFunction {
  TaskId before;
  TaskId after;
};

// One input after another, each once; then the task; then one output after another. False if a
// service or the task failed.
engine::Task<bool> run_stateless_task(platform::Platform& platform, storage::ObjectStore& store,
                                      const dag::Dag& dag, const hosts::Host& host, TaskId task,
                                      SameFunction same = {});

}  // namespace wukong::scheduler

#include "sim/engine/sync.h"

namespace wukong::engine {

void TaskGroup::spawn(Task<> body, const char* name) {
  Process& process = engine_.spawn(std::move(body), name);
  process.group_ = this;
  process.in_group_.insert_before(members_);
  ++running_;
  idle_.reset();
}

void TaskGroup::member_gone(Process& process) {
  process.in_group_.unlink();
  process.group_ = nullptr;
  if (--running_ == 0) idle_.set();
}

TaskGroup::~TaskGroup() {
  while (members_.linked()) engine_.kill(static_cast<GroupHook*>(members_.next())->process);
}

}  // namespace wukong::engine

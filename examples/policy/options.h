// The options of the example policy, in both of its C++ forms.
#pragma once

#include <string>

#include "scheduler/policy/options.h"
#include "sim/base/fields.h"
#include "sim/storage/storage_spec.h"

namespace each_task {

struct Options final : wukong::scheduler::Options {
  wukong::storage::StoreSpec store;
  std::string client_machine;

  void visit(wukong::FieldVisitor& v) override {
    v.group("store", store);
    v.field("client_machine", client_machine);
  }
};

}  // namespace each_task

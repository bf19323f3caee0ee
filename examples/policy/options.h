// The options of the example policy, in both of its C++ forms.
#pragma once

#include <wukong/policy.h>

#include <string>

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

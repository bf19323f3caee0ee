// A trace that a test writes down: functions of 128 MB, each an application of its own.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "workloads/traces/trace.h"

namespace wukong::test {

class ListedTrace final : public traces::Trace {
 public:
  ListedTrace(size_t functions, std::vector<traces::Invocation> invocations)
      : invocations_(std::move(invocations)) {
    for (size_t i = 0; i < functions; ++i)
      table_.add_function({.name = "f",
                           .app = table_.add_app("app" + std::to_string(i)),
                           .memory = Bytes::mebi(128)});
  }

  const traces::FunctionTable& functions() const override { return table_; }
  // The whole trace, which is all that a simulation asks for.
  std::unique_ptr<traces::InvocationSource> invocations(const traces::Wanted&) const override {
    return std::make_unique<Pass>(invocations_);
  }

 private:
  class Pass final : public traces::InvocationSource {
   public:
    explicit Pass(const std::vector<traces::Invocation>& invocations) : invocations_(invocations) {}
    bool next(traces::Invocation& invocation) override {
      if (next_ == invocations_.size()) return false;
      invocation = invocations_[next_++];
      return true;
    }

   private:
    const std::vector<traces::Invocation>& invocations_;
    size_t next_ = 0;
  };

  traces::FunctionTable table_;
  std::vector<traces::Invocation> invocations_;
};

inline traces::Invocation invocation(double arrival_s, size_t function, double duration_s) {
  return {Time::at(Duration::from_seconds(arrival_s)), traces::TraceFunctionId(function),
          Duration::from_seconds(duration_s), Bytes()};
}

}  // namespace wukong::test

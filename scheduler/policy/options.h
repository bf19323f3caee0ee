// A policy's parameters.
#pragma once

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::scheduler {

// Values come from the policy's preset, the experiment file and flags.
struct Options {
  virtual ~Options() = default;
  virtual void visit(FieldVisitor& v) = 0;
};

}  // namespace wukong::scheduler

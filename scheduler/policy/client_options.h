// The program that submits a workload and gets the results, on a machine of its own.
#pragma once

#include <string>

#include "sim/base/bytes.h"
#include "sim/base/time.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::scheduler {

struct ClientOptions {
  std::string machine;  // through whose network the results come
  Bandwidth unpickle;   // of parsing, unpickling and concatenating them, in one Python thread

  void visit(FieldVisitor& v);
};

}  // namespace wukong::scheduler

// A place where code runs and memory holds objects: a function's environment, a virtual machine, a
// container. Whoever makes a host owns it; services take it to know where a request comes from.
#pragma once

#include "sim/base/bytes.h"
#include "sim/platform/ids.h"

namespace wukong::sim {

struct Host {
  HostId id;
  double vcpus = 1;
  Bytes memory;
  // Its network interface, one link a direction, so that sending does not slow receiving.
  LinkId inbound;
  LinkId outbound;
  // Memory traffic of all tasks that run there at once; none: each task has its vCPUs' share.
  LinkId memory_bus = LinkId::none();
  double vcpu_speed = 1;  // of a vCPU, in those of a function
};

}  // namespace wukong::sim

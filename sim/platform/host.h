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
  // Processor time of all tasks that run there at once, in core-nanoseconds; none: each task has
  // vCPUs of its own.
  LinkId cores = LinkId::none();
  // Memory that the process which runs there gets from its kernel: its threads' page faults wait
  // for each other. None: it costs nothing beyond the kernel's traffic.
  LinkId new_memory = LinkId::none();
  double vcpu_speed = 1;  // of a vCPU, in those of a function,
  double product_speed =
      1;                  // and for kernels that are made of matrix products: vector units differ
  double lone_speed = 1;  // of a vCPU whose core's other vCPU idles, in those of one that shares it
};

}  // namespace wukong::sim

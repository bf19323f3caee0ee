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
  // Of a vCPU, in those of a function; and for kernels that are made of matrix products, since
  // vector units differ.
  double vcpu_speed = 1;
  double product_speed = 1;
  double lone_speed = 1;  // of a vCPU whose core's other vCPU idles, in those of one that shares it
  // Among the hosts of its kind: a straggler has less than 1. It is in the other speeds already,
  // and alone tells how fast work goes that was recorded elsewhere.
  double relative_speed = 1;
};

}  // namespace wukong::sim

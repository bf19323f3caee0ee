// A place where code runs and memory holds objects: a function's environment, a virtual machine, a
// container. Whoever makes a host owns it; services take it to know where a request comes from.
#pragma once

#include <cstdint>

#include "sim/base/bytes.h"
#include "sim/base/ids.h"
#include "sim/hosts/cores.h"
#include "sim/network/byte_device.h"

namespace wukong::engine {
class Semaphore;
}  // namespace wukong::engine

namespace wukong::hosts {

struct Host {
  HostId id;
  uint32_t number = 0;  // among the machines and processes of its job, which are so told apart
  double vcpus = 1;
  Bytes memory;
  // Its network interface, one link a direction, so that sending does not slow receiving.
  LinkId inbound;
  LinkId outbound;
  // For the memory traffic of all tasks that run there at once. None: each task has its vCPUs'
  // share.
  network::MemoryBus memory_bus;
  // For the arithmetic of all tasks that run there at once. None: each task has vCPUs of its own.
  Cores cores;
  // For the memory that the process which runs there gets from its kernel: its threads' page faults
  // wait for each other. None: new memory costs nothing beyond the memory traffic.
  network::PageFaults new_memory;
  // The lock of the Python interpreter that runs there, which some kernels keep
  // (keeps_interpreter). Null: all of its work is done without.
  engine::Semaphore* interpreter = nullptr;
  // The speed of a vCPU, in that of a function's.
  double vcpu_speed = 1;
  // The same for kernels that are made of matrix products, because vector units differ.
  double product_speed = 1;
  // The speed of a vCPU whose core's other vCPU idles, in that of one that shares its core.
  double lone_speed = 1;
  // Among the hosts of its kind: a straggler has less than 1. It is in the other speeds already,
  // and alone tells how fast work goes that was recorded elsewhere.
  double relative_speed = 1;
};

}  // namespace wukong::hosts

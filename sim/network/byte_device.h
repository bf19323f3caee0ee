// What bytes pass at a limited rate, other than a network link, and what its users share: memory
// buses, disks, kernels that hand out memory, threads that copy. There is no message among them: a
// byte takes its share, however few there are.
//
// These are handles: a copy is the same device. It exists as long as the pool.
#pragma once

#include <optional>

#include "sim/base/bytes.h"
#include "sim/fluid/resource_id.h"

namespace wukong::fluid {
class Activity;
class Pool;
struct Crowding;
struct ResourceSpec;
}  // namespace wukong::fluid

namespace wukong::network {

class ByteDevice {
 public:
  ByteDevice() = default;  // none

  bool valid() const { return pool_ != nullptr; }
  // co_await device.pass(bytes, cap): until all have passed, never faster than `cap`.
  // REQUIRES: valid().
  fluid::Activity pass(Bytes bytes, Bandwidth cap = Bandwidth::unlimited()) const;
  // It is gone, with all copies of the handle. REQUIRES: nobody uses it.
  void remove();
  // What it is in the pool. REQUIRES: valid().
  fluid::ResourceId resource() const { return resource_; }

 protected:
  // `what` its users wait for, in the deadlock report; a string literal.
  ByteDevice(fluid::Pool& pool, const fluid::ResourceSpec& spec, const char* what);

 private:
  fluid::Pool* pool_ = nullptr;
  fluid::ResourceId resource_;
  const char* what_ = nullptr;
};

// Between a machine's processors and its memory: the traffic of all tasks that run there.
class MemoryBus : public ByteDevice {
 public:
  MemoryBus() = default;
  MemoryBus(fluid::Pool& pool, Bandwidth rate);
};

class Disk : public ByteDevice {
 public:
  Disk() = default;
  Disk(fluid::Pool& pool, Bandwidth rate);
};

// What hands out new memory to one process, a page fault at a time.
class PageFaults : public ByteDevice {
 public:
  PageFaults() = default;
  PageFaults(fluid::Pool& pool, Bandwidth rate);
};

// A thread that copies (and perhaps serialises) what a process sends, or what it receives: Redis'
// thread, an event loop. It is on the route of a transfer (network.h), which is as fast as the
// slowest thing that it passes.
class CopyingThread : public ByteDevice {
 public:
  CopyingThread() = default;
  CopyingThread(fluid::Pool& pool, Bandwidth rate);
  // Transfers at once crowd it.
  CopyingThread(fluid::Pool& pool, Bandwidth rate, const fluid::Crowding& crowding);
};

}  // namespace wukong::network

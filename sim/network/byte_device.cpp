#include "sim/network/byte_device.h"

#include <utility>

#include "sim/fluid/fluid.h"
#include "sim/network/byte_amounts.h"

namespace wukong::network {

ByteDevice::ByteDevice(fluid::Pool& pool, const fluid::ResourceSpec& spec, const char* what)
    : pool_(&pool), resource_(pool.add(spec)), what_(what) {}

fluid::Activity ByteDevice::pass(Bytes bytes, Bandwidth cap) const {
  ENSURE(valid());
  fluid::Demand demand{.amount = amount_of(bytes), .cap = rate_of(cap), .what = what_};
  demand.resources.add(resource_);
  return pool_->use(demand);
}

void ByteDevice::remove() {
  if (valid()) std::exchange(pool_, nullptr)->remove(resource_);
}

MemoryBus::MemoryBus(fluid::Pool& pool, Bandwidth rate)
    : ByteDevice(pool, {.rate = rate_of(rate)}, "a memory bus") {}

Disk::Disk(fluid::Pool& pool, Bandwidth rate)
    : ByteDevice(pool, {.rate = rate_of(rate)}, "a disk") {}

PageFaults::PageFaults(fluid::Pool& pool, Bandwidth rate)
    : ByteDevice(pool, {.rate = rate_of(rate)}, "page faults") {}

CopyingThread::CopyingThread(fluid::Pool& pool, Bandwidth rate)
    : ByteDevice(pool, {.rate = rate_of(rate)}, "a thread that copies") {}

CopyingThread::CopyingThread(fluid::Pool& pool, Bandwidth rate, const fluid::Crowding& crowding)
    : ByteDevice(pool, {.rate = rate_of(rate), .crowding = crowding}, "a thread that copies") {}

}  // namespace wukong::network

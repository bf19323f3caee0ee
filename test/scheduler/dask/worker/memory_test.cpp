#include "scheduler/dask/worker/memory.h"

#include "test/catch.h"

namespace wukong::dask_worker {
namespace {

dask_common::DaskMemoryOptions options() {
  dask_common::DaskMemoryOptions options;
  options.limit = Bytes(1000);
  options.process = Bytes(100);
  options.spill_target = 0.6;
  options.spill_process = 0.7;
  options.pause = 0.8;
  options.terminate = 0.95;
  return options;
}

TEST_CASE("a process' memory is the interpreter, the objects in memory, and what is reserved") {
  const dask_common::DaskMemoryOptions limits = options();
  DaskMemory memory(limits, Bytes(100));
  memory.add(ObjectId(0), Bytes(300));
  memory.reserve(Bytes(50));
  CHECK(memory.process() == Bytes(450));
  memory.moved_to_disk(ObjectId(0));
  CHECK(memory.process() == Bytes(150));
  CHECK(memory.stored() == Bytes(300));
  memory.moved_to_memory(ObjectId(0));
  memory.release(Bytes(50));
  CHECK(memory.process() == Bytes(400));
  memory.remove(ObjectId(0));
  CHECK(memory.process() == Bytes(100));
  CHECK(memory.stored() == Bytes(0));
}

TEST_CASE("the object that was used longest ago is spilled first, but none that is in use") {
  const dask_common::DaskMemoryOptions limits = options();
  DaskMemory memory(limits, Bytes(100));
  for (size_t i = 0; i < 3; ++i) memory.add(ObjectId(i), Bytes(10));
  CHECK(memory.oldest() == ObjectId(0));
  memory.pin(ObjectId(0));
  CHECK(memory.oldest() == ObjectId(1));
  memory.moved_to_disk(ObjectId(0));
  CHECK(!memory.on_disk(ObjectId(0)));
  memory.unpin(ObjectId(0));  // that was a use
  CHECK(memory.oldest() == ObjectId(1));
  memory.moved_to_disk(ObjectId(1));
  memory.moved_to_disk(ObjectId(2));
  CHECK(memory.oldest() == ObjectId(0));
}

TEST_CASE("what is spilled is in the page cache as long as there is room") {
  const dask_common::DaskMemoryOptions limits = options();
  DaskMemory memory(limits, Bytes(100));
  for (size_t i = 0; i < 3; ++i) memory.add(ObjectId(i), Bytes(60));
  memory.moved_to_disk(ObjectId(0));
  memory.moved_to_disk(ObjectId(1));
  CHECK(memory.cached(ObjectId(0)));
  CHECK(!memory.cached(ObjectId(1)));
  CHECK(!memory.cache_takes(Bytes(60)));
  memory.moved_to_memory(ObjectId(0));  // its file is deleted
  CHECK(memory.cache_takes(Bytes(60)));
  memory.moved_to_disk(ObjectId(2));
  CHECK(memory.cached(ObjectId(2)));
  memory.remove(ObjectId(2));
  CHECK(memory.cache_takes(Bytes(100)));
}

TEST_CASE("a worker's limits are reached one after another") {
  const dask_common::DaskMemoryOptions limits = options();
  DaskMemory memory(limits, Bytes(100));
  memory.add(ObjectId(0), Bytes(600));
  CHECK(!memory.above_target());
  CHECK(!memory.above_spill());  // 700, with the interpreter
  memory.reserve(Bytes(1));
  CHECK(memory.above_spill());
  CHECK(!memory.above_target());  // counts objects only
  CHECK(!memory.above_pause());
  memory.reserve(Bytes(100));
  CHECK(memory.above_pause());
  CHECK(!memory.above_terminate());
  memory.reserve(Bytes(150));
  CHECK(memory.above_terminate());
}

TEST_CASE("what does not fit is on disk before the run") {
  const dask_common::DaskMemoryOptions limits = options();
  DaskMemory memory(limits, Bytes(100));
  memory.preload(ObjectId(0), Bytes(400));
  memory.preload(ObjectId(1), Bytes(400));
  CHECK(!memory.on_disk(ObjectId(0)));
  CHECK(memory.on_disk(ObjectId(1)));
}

}  // namespace
}  // namespace wukong::dask_worker

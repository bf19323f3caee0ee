#include "scheduler/dask/worker/fetch_queue.h"

#include <vector>

#include "test/catch.h"
#include "workloads/dag/dag_builder.h"

namespace wukong::dask_worker {
namespace {

// Tasks 0 and 1 read objects 0, 1 and 2 of 30 bytes each.
dag::Dag two_readers() {
  dag::DagBuilder builder;
  std::vector<ObjectId> inputs;
  for (int i = 0; i < 3; ++i) inputs.push_back(builder.add_input({Bytes(30), Bytes(30)}));
  const auto kind = builder.add_kind("read", {});
  for (int i = 0; i < 2; ++i) builder.compute(kind, inputs, {Bytes(1), Bytes(1)});
  return builder.build();
}

constexpr dask_common::WorkerId kOwn(0);
constexpr dask_common::WorkerId kPeer(1);
constexpr dask_common::WorkerId kOther(2);
constexpr TaskId kFirst(0);
constexpr TaskId kSecond(1);

void want_all(DaskFetchQueue& queue, TaskId task, dask_common::WorkerId peer) {
  for (const uint32_t object : {0U, 1U, 2U})
    if (queue.want(ObjectId(object), task)) queue.enqueue({ObjectId(object), peer});
}

TEST_CASE("a Dask worker asks a peer for as many objects at once as a request may have bytes") {
  const auto dag = two_readers();
  DaskFetchQueue queue(dag, kOwn);
  want_all(queue, kFirst, kPeer);
  REQUIRE(queue.next_peer() == kPeer);
  CHECK(queue.take_batch(kPeer, Bytes(60)) == std::vector{ObjectId(0), ObjectId(1)});
  CHECK(queue.next_peer() == std::nullopt);  // one request to a peer
  queue.request_ended(kPeer);
  REQUIRE(queue.next_peer() == kPeer);
  // At least one, however large.
  CHECK(queue.take_batch(kPeer, Bytes(1)) == std::vector{ObjectId(2)});
  queue.request_ended(kPeer);
  CHECK(queue.next_peer() == std::nullopt);
}

TEST_CASE("peers of a Dask worker are asked in turn") {
  const auto dag = two_readers();
  DaskFetchQueue queue(dag, kOwn);
  CHECK(queue.want(ObjectId(0), kFirst));
  queue.enqueue({ObjectId(0), kPeer});
  CHECK(queue.want(ObjectId(1), kFirst));
  queue.enqueue({ObjectId(1), kOther});
  CHECK(queue.next_peer() == kPeer);
  CHECK(queue.next_peer() == kOther);
}

TEST_CASE("an object that no task of a Dask worker waits for any longer is not asked for") {
  const auto dag = two_readers();
  DaskFetchQueue queue(dag, kOwn);
  want_all(queue, kFirst, kPeer);
  queue.forget(kFirst);
  REQUIRE(queue.next_peer() == kPeer);
  CHECK(queue.take_batch(kPeer, Bytes(1000)).empty());
}

TEST_CASE("all who wait for an object on a Dask worker get it by one request") {
  const auto dag = two_readers();
  DaskFetchQueue queue(dag, kOwn);
  want_all(queue, kFirst, kPeer);
  CHECK_FALSE(queue.want(ObjectId(0), kSecond));
  CHECK(queue.take_waiting(ObjectId(0)) == std::vector{kFirst, kSecond});
}

TEST_CASE("a Dask worker that is turned away takes back what it has not asked for yet") {
  const auto dag = two_readers();
  DaskFetchQueue queue(dag, kOwn);
  want_all(queue, kFirst, kPeer);
  const std::vector<ObjectId> asked{ObjectId(0), ObjectId(2)};
  CHECK(queue.withdraw(kPeer, asked) == asked);
  CHECK(queue.withdraw(kPeer, asked).empty());
  CHECK(queue.lose_source(ObjectId(0)));
  CHECK(queue.lacks_source(ObjectId(0)));
  CHECK_FALSE(queue.lacks_source(ObjectId(1)));
  // The next who has it is asked, on behalf of those who have waited all the time.
  queue.enqueue({ObjectId(0), kOther});
  CHECK_FALSE(queue.lacks_source(ObjectId(0)));
  CHECK(queue.take_waiting(ObjectId(0)) == std::vector{kFirst});
}

}  // namespace
}  // namespace wukong::dask_worker

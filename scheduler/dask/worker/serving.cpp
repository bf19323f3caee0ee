#include "scheduler/dask/worker/serving.h"

#include <algorithm>

#include "sim/accounting/usage.h"
#include "sim/engine/span.h"
#include "sim/fluid/fluid.h"
#include "sim/hosts/machine.h"
#include "sim/network/network.h"
#include "sim/platform/platform.h"
#include "workloads/dag/dag.h"

namespace wukong::dask_worker {

using engine::Task;

Task<> DaskServing::accept() {
  const auto turn = co_await site_.process.interpreter().acquire("a peer's event loop");
  co_await site_.engine.sleep(site_.options().message_time, "a peer's event loop");
}

bool DaskServing::has_all(std::span<const ObjectId> objects) const {
  return std::all_of(objects.begin(), objects.end(),
                     [this](ObjectId object) { return memory_.holds(object); });
}

Task<> DaskServing::prepare(std::span<const ObjectId> objects) {
  for (const ObjectId object : objects) co_await spilling_.read(object);
}

Task<bool> DaskServing::send_to_client(ObjectId object) {
  DaskCluster& cluster = site_.cluster;
  const uint32_t life = life_.number();
  {
    const auto turn = co_await cluster.scheduler_loop.acquire("the scheduler's event loop");
    co_await site_.engine.sleep(site_.options().message_time, "the scheduler's event loop");
  }
  co_await site_.engine.sleep(2 * site_.options().message_latency, "a reply of a worker");
  if (!life_.goes_on(life) || !memory_.holds(object)) co_return false;
  const Bytes size = site_.dag().size(object).actual;
  co_await spilling_.read(object);
  network::Route route;
  route.via(site_.sending).via(site_.machine.host.outbound);
  route.via(cluster.scheduler_forwarding).via(cluster.client);
  engine::Span span(site_.engine,
                    {engine::SpanKind::object, "result", site_.host().id.value(), object.value()});
  span.note("bytes", size.count());
  co_await cluster.platform.network().transfer(size, route);
  cluster.platform.usage().read += size;
  cluster.platform.usage().written += size;
  co_return life_.goes_on(life);
}

}  // namespace wukong::dask_worker

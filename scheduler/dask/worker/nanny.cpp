#include "scheduler/dask/worker/nanny.h"

#include <utility>

#include "sim/engine/span.h"

namespace wukong::dask_worker {

using engine::Task;

DaskNanny::DaskNanny(const DaskSite& site, DaskLife& life, const DaskMemory& memory,
                     InlineFunction<void(const DaskDeath&)> end_process)
    : site_(site), life_(life), memory_(memory), end_process_(std::move(end_process)) {
  group_.emplace(site.engine);
}

void DaskNanny::look() {
  if (!must_end() || watches_) return;
  watches_ = true;
  group_->spawn(watch(), "Dask nanny");
}

Task<> DaskNanny::watch() {
  co_await site_.engine.sleep(site_.options().memory.terminate_interval, "the nanny's next look");
  watches_ = false;
  if (!must_end()) co_return;
  watches_ = true;
  const TaskId task = std::exchange(doomed_by_, TaskId::none());
  const DaskDeath death{task.valid() ? DaskDeath::Cause::task : DaskDeath::Cause::memory, task};
  end_process_(death);
  co_await restart();
  watches_ = false;
}

Task<> DaskNanny::restart() {
  const engine::Span span(site_.engine,
                          {engine::SpanKind::wait, "restart", site_.host().id.value()});
  co_await site_.engine.sleep(site_.options().memory.restart_time, "the start of a worker");
  life_.begin();
  site_.cluster.inbox.receive(dask_common::WorkerBack{site_.id});
}

void DaskNanny::kill() {
  if (!life_.up()) return;
  doomed_by_ = TaskId::none();
  end_process_({DaskDeath::Cause::fault, TaskId::none()});
  group_->spawn(restart(), "Dask nanny");
}

}  // namespace wukong::dask_worker
